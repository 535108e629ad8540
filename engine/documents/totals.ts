import type { DocumentItem } from '../model/document.ts';
import { currencyDigits, divided, quantityDigits, toUnits } from './money.ts';

/** A line with its sums, in the smallest unit of the currency. */
export interface Line {
  item: DocumentItem;
  price: bigint;
  /** Without tax. */
  net: bigint;
  tax: bigint;
  /** With tax. */
  gross: bigint;
}

export interface TaxTotal {
  /** Per cent. */
  rate: number;
  net: bigint;
  tax: bigint;
}

export interface Totals {
  digits: number;
  lines: Line[];
  net: bigint;
  tax: bigint;
  gross: bigint;
  /** One per rate, the highest first. */
  taxes: TaxTotal[];
}

/** Decimals of a tax rate. */
const rateDigits = 2;

/**
 * Works out a document's sums. Each line is rounded for itself, to the currency's smallest unit with halves up, and totals
 * are the sums of the lines: whoever adds up the columns of the paper finds what it says.
 * @throws RangeError for a number with more decimals than it may have; `documentItem` refuses those before
 */
export function totalsOf(items: readonly DocumentItem[], currency: string, taxIncluded: boolean): Totals {
  const digits = currencyDigits(currency);
  const lines = items.map((item) => lineOf(item, digits, taxIncluded));
  const byRate = new Map<number, TaxTotal>();
  for (const { item, net, tax } of lines) {
    if (item.tax === undefined) continue;
    const total = byRate.get(item.tax) ?? { rate: item.tax, net: 0n, tax: 0n };
    byRate.set(item.tax, { ...total, net: total.net + net, tax: total.tax + tax });
  }
  return {
    digits,
    lines,
    net: sum(lines, 'net'),
    tax: sum(lines, 'tax'),
    gross: sum(lines, 'gross'),
    taxes: [...byRate.values()].sort((a, b) => b.rate - a.rate),
  };
}

function lineOf(item: DocumentItem, digits: number, taxIncluded: boolean): Line {
  const price = exact(item.price, digits);
  const amount = divided(price * exact(item.quantity, quantityDigits), 10n ** BigInt(quantityDigits));
  const rate = exact(item.tax ?? 0, rateDigits);
  const whole = 100n * 10n ** BigInt(rateDigits);
  const tax = divided(amount * rate, taxIncluded ? whole + rate : whole);
  const [net, gross] = taxIncluded ? [amount - tax, amount] : [amount, amount + tax];
  return { item, price, net, tax, gross };
}

function exact(value: number, digits: number): bigint {
  const units = toUnits(value, digits);
  if (units === null) throw new RangeError(`${value} has more than ${digits} decimals`);
  return units;
}

function sum(lines: readonly Line[], name: 'net' | 'tax' | 'gross'): bigint {
  return lines.reduce((total, line) => total + line[name], 0n);
}
