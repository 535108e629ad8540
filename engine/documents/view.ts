import type { Json, JsonObject } from '../json.ts';
import type { Language } from '../model/contact.ts';
import type { DocumentSnapshot } from '../model/document.ts';
import { isoDate, toLocal } from '../time/zone.ts';
import { formatNumber, formatUnits } from './money.ts';
import { type Line, type Totals, totalsOf } from './totals.ts';
import { currencyName, sumInWords } from './words.ts';

const previewNumber: Record<Language, string> = { en: 'DRAFT', ru: 'ЧЕРНОВИК' };

/** What the rows of a document's table may name. */
export const itemNames = ['n', 'name', 'quantity', 'unit', 'price', 'rate', 'net', 'tax', 'gross'] as const;
/** What `totals.…` may name; `tax` is absent where nothing is taxed. */
export const totalNames = ['count', 'net', 'tax', 'gross', 'words'] as const;
/** What `client.…` may name: the company, else the person; and the person alone. */
export const clientNames = ['name', 'person'] as const;
/** What the rows of `taxes` may name. */
export const taxNames = ['rate', 'net', 'tax'] as const;

/** What a document's texts read: amounts and the date are written already, in the document's language. */
export function documentView(snapshot: DocumentSnapshot): JsonObject {
  const { language, currency, contact, deal, company, data, supersedes } = snapshot;
  const totals = totalsOf(snapshot.items, currency, snapshot.taxIncluded);
  const amount = (units: bigint) => formatUnits(units, totals.digits, language);
  return {
    number: snapshot.number ?? previewNumber[language],
    issued: dayOf(snapshot),
    language,
    currency: currencyName(currency, language),
    contact,
    client: clientOf(contact),
    company,
    data,
    ...(deal !== undefined && { deal }),
    ...(supersedes !== undefined && { supersedes }),
    items: totals.lines.map((line, index) => itemOf(line, index, language, amount)),
    totals: totalsView(totals, snapshot, amount),
    taxes: totals.taxes.map(({ rate, net, tax }) => ({
      rate: formatNumber(rate, language),
      net: amount(net),
      tax: amount(tax),
    })),
  };
}

function itemOf({ item, price, net, tax, gross }: Line, index: number, language: Language, amount: Amount): JsonObject {
  return {
    n: index + 1,
    name: item.name,
    quantity: formatNumber(item.quantity, language),
    unit: item.unit ?? '',
    price: amount(price),
    rate: item.tax === undefined ? '—' : `${formatNumber(item.tax, language)}%`,
    net: amount(net),
    tax: item.tax === undefined ? '—' : amount(tax),
    gross: amount(gross),
  };
}

type Amount = (units: bigint) => string;

function totalsView(totals: Totals, { currency, language }: DocumentSnapshot, amount: Amount): JsonObject {
  return {
    count: totals.lines.length,
    net: amount(totals.net),
    ...(totals.taxes.length > 0 && { tax: amount(totals.tax) }),
    gross: amount(totals.gross),
    words: sumInWords(totals.gross, totals.digits, currency, language),
  };
}

function clientOf({ company, firstName, lastName, email }: JsonObject): Record<string, Json> {
  const person = [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
  const name = [company, person, email].find((one) => typeof one === 'string' && one !== '');
  return { ...(name !== undefined && { name }), ...(person !== '' && { person }) };
}

const months: Record<Language, string[]> = {
  en: 'January February March April May June July August September October November December'.split(' '),
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
};

function dayOf({ at, zone, language }: DocumentSnapshot): string {
  const [year, month, day] = isoDate(toLocal(at, zone)).split('-').map(Number);
  const text = `${day} ${months[language][(month ?? 1) - 1]} ${year}`;
  return language === 'ru' ? `${text} г.` : text;
}
