import { currencyDigits } from '../documents/money.ts';

const scales = new Map<string, number>();

/** Smallest units in one main unit: 100 kopecks, 1 yen. */
function scaleOf(currency: string): number {
  const known = scales.get(currency);
  if (known !== undefined) return known;
  const scale = 10 ** currencyDigits(currency);
  scales.set(currency, scale);
  return scale;
}

/** An amount of the main unit in whole smallest units, which add up exactly. */
export function toWhole(amount: number, currency: string): number {
  return Math.round(amount * scaleOf(currency));
}

export function fromWhole(units: number, currency: string): number {
  return units / scaleOf(currency);
}
