import type { Language } from '../../engine/model/contact.ts';
import en from '../../texts/en.json' with { type: 'json' };
import ru from '../../texts/ru.json' with { type: 'json' };

/** What the public pages say, from the one catalogue of texts. */
export const texts: Record<Language, Pick<typeof en, 'subscription' | 'survey' | 'link'>> = { en, ru };

/** Puts the address into a sentence that has a place for it. */
export function withAddress(sentence: string, address: string): string {
  return sentence.replaceAll('{{address}}', () => address);
}
