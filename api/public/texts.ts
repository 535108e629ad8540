import type { Language } from '../../engine/model/contact.ts';
import en from '../../texts/en.json' with { type: 'json' };
import ru from '../../texts/ru.json' with { type: 'json' };

/** What the public pages say, from the one catalogue of texts. */
export const texts: Record<Language, Pick<typeof en, 'subscription' | 'survey' | 'link'>> = { en, ru };

/** Puts values into a sentence that has places for them: `{{name}}`. */
export function fill(sentence: string, values: Record<string, string>): string {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{{${name}}}`, () => value), sentence);
}
