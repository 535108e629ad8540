import { toCardinal as inEnglish } from 'n2words/en-GB';
import { toCardinal as inRussian } from 'n2words/ru-RU';
import type { Language } from '../model/contact.ts';

type Gender = 'masculine' | 'feminine';

/** English: one, many. Russian: one, few, many. */
interface CurrencyWords {
  en: { major: [string, string]; minor: [string, string] };
  ru: { short: string; gender: Gender; major: [string, string, string]; minor: [string, string, string] };
}

const words: Record<string, CurrencyWords> = {
  RUB: {
    en: { major: ['ruble', 'rubles'], minor: ['kopeck', 'kopecks'] },
    ru: {
      short: 'руб.',
      gender: 'masculine',
      major: ['рубль', 'рубля', 'рублей'],
      minor: ['копейка', 'копейки', 'копеек'],
    },
  },
  USD: {
    en: { major: ['US dollar', 'US dollars'], minor: ['cent', 'cents'] },
    ru: {
      short: 'долл. США',
      gender: 'masculine',
      major: ['доллар США', 'доллара США', 'долларов США'],
      minor: ['цент', 'цента', 'центов'],
    },
  },
  EUR: {
    en: { major: ['euro', 'euros'], minor: ['cent', 'cents'] },
    ru: { short: 'евро', gender: 'masculine', major: ['евро', 'евро', 'евро'], minor: ['цент', 'цента', 'центов'] },
  },
  BYN: {
    en: { major: ['Belarusian ruble', 'Belarusian rubles'], minor: ['kopeck', 'kopecks'] },
    ru: {
      short: 'бел. руб.',
      gender: 'masculine',
      major: ['белорусский рубль', 'белорусских рубля', 'белорусских рублей'],
      minor: ['копейка', 'копейки', 'копеек'],
    },
  },
  KZT: {
    en: { major: ['tenge', 'tenge'], minor: ['tiyn', 'tiyn'] },
    ru: { short: 'тенге', gender: 'masculine', major: ['тенге', 'тенге', 'тенге'], minor: ['тиын', 'тиына', 'тиынов'] },
  },
};

/**
 * A sum in words as papers have it: the main unit in words, the small one in digits, `Сто рублей 50 копеек`. Currencies
 * without words of their own are named by their code, with the rest as a fraction: `One hundred CHF 50/100`.
 */
export function sumInWords(units: bigint, digits: number, currency: string, language: Language): string {
  const scale = 10n ** BigInt(digits);
  const major = units / scale;
  const minor = (units % scale).toString().padStart(digits, '0');
  const known = words[currency];
  if (language === 'ru') {
    const text = inRussian(major, { gender: known?.ru.gender ?? 'masculine' });
    const unit = known === undefined ? currency : russian(major, known.ru.major);
    return capital(`${text} ${unit}${rest(minor, digits, known && russian(units % scale, known.ru.minor))}`);
  }
  const unit = known === undefined ? currency : english(major, known.en.major);
  return capital(`${inEnglish(major)} ${unit}${rest(minor, digits, known && english(units % scale, known.en.minor))}`);
}

/** The currency as columns and totals name it: `руб.`, `RUB`. */
export function currencyName(currency: string, language: Language): string {
  return (language === 'ru' && words[currency]?.ru.short) || currency;
}

function rest(minor: string, digits: number, unit: string | undefined): string {
  if (digits === 0) return '';
  return unit === undefined ? ` ${minor}/1${'0'.repeat(digits)}` : ` ${minor} ${unit}`;
}

function english(count: bigint, [one, many]: [string, string]): string {
  return count === 1n ? one : many;
}

const plural = new Intl.PluralRules('ru');

function russian(count: bigint, [one, few, many]: [string, string, string]): string {
  const rule = plural.select(Number(count % 100n));
  return rule === 'one' ? one : rule === 'few' ? few : many;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
