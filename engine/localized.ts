import type { Language } from './model/contact.ts';
import type { LocalizedText } from './model/effects.ts';

/** What a text says in a language; one that is written once says the same in all. */
export function inLanguage(text: LocalizedText, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}
