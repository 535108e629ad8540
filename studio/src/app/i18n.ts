import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { texts } from './texts.ts';

export const languages = ['en', 'ru'] as const;
export type StudioLanguage = (typeof languages)[number];

const storage = 'voronka.language';

function preferred(): StudioLanguage {
  const stored = localStorage.getItem(storage);
  return (stored ?? navigator.language).startsWith('ru') ? 'ru' : 'en';
}

/** The catalogue in `texts/` in the reader's language; Russian plural forms come from i18next's plural rules. */
export function startTexts(): void {
  void i18next.use(initReactI18next).init({
    resources: texts,
    lng: preferred(),
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language;
}

export function changeLanguage(language: StudioLanguage): void {
  localStorage.setItem(storage, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
