import type { LocalizedText } from '../../../engine/model/effects.ts';

/** The text in the reader's language. */
export function inLanguage(text: LocalizedText, language: string): string {
  if (typeof text === 'string') return text;
  return language === 'ru' ? text.ru : text.en;
}
