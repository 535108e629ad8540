import { VoronkaError } from '../../engine/errors/error.ts';
import type { Language } from '../../engine/model/contact.ts';

const locales: Record<Language, string> = { en: 'en-GB', ru: 'ru-RU' };
const formatters = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** An amount in the reader's format; whole amounts without decimals. `currency` is an ISO 4217 code. */
export function formatMoney(amount: unknown, currency: string, language: Language): string {
  const number = typeof amount === 'string' && amount.trim() !== '' ? Number(amount) : amount;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw unfit('money', 'an amount', amount);
  const digits = Number.isInteger(number) ? 0 : 2;
  return cached(
    `money ${language} ${currency} ${digits}`,
    () =>
      new Intl.NumberFormat(locales[language], {
        style: 'currency',
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  ).format(number);
}

/** A day in the reader's format: a local date as it is, an instant (ISO 8601 or epoch ms) in the reader's zone. */
export function formatDate(value: unknown, language: Language, zone: string): string {
  const local = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  const at = instantOf(value, 'date');
  const timeZone = local ? 'UTC' : zone;
  return cached(
    `date ${language} ${timeZone}`,
    () => new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone }),
  ).format(at);
}

/** A day with its time of day, of an instant (ISO 8601 or epoch ms) in the reader's zone. */
export function formatTime(value: unknown, language: Language, zone: string): string {
  const style = { dateStyle: 'long', timeStyle: 'short', timeZone: zone } as const;
  return cached(`time ${language} ${zone}`, () => new Intl.DateTimeFormat(locales[language], style)).format(
    instantOf(value, 'time'),
  );
}

function instantOf(value: unknown, helper: string): number {
  const at = typeof value === 'string' || typeof value === 'number' ? new Date(value).getTime() : Number.NaN;
  if (Number.isNaN(at)) throw unfit(helper, 'a date', value);
  return at;
}

/** An absolute http(s) address, the only kind that a message may link to. */
export function checkLink(value: unknown): string {
  const url = typeof value === 'string' ? value.trim() : '';
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw unfit('link', 'an http(s) address', value);
  }
  return url;
}

function cached<F extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => F): F {
  const known = formatters.get(key) as F | undefined;
  if (known) return known;
  const made = make();
  formatters.set(key, made);
  return made;
}

function unfit(name: string, wanted: string, value: unknown): VoronkaError {
  return value === undefined
    ? new VoronkaError('TEMPLATE_VARIABLE_MISSING', `{{${name}}} got a variable that is missing`)
    : new VoronkaError('TEMPLATE_INVALID', `{{${name}}} needs ${wanted}, not ${JSON.stringify(value)}`);
}
