import type { Language } from '../model/contact.ts';

/** Decimals of quantities. */
export const quantityDigits = 3;

/** Decimals of a currency by ISO 4217: two for most, none for the yen. */
export function currencyDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** A decimal number as a whole one of its smallest units, exactly; null when it has more decimals than `digits`. */
export function toUnits(value: number, digits: number): bigint | null {
  const text = value.toFixed(digits);
  return Number(text) === value ? BigInt(text.replace('.', '')) : null;
}

/** `dividend / divisor` rounded to the nearest whole, halves up, as amounts of money are. Both are not negative. */
export function divided(dividend: bigint, divisor: bigint): bigint {
  return (2n * dividend + divisor) / (2n * divisor);
}

/**
 * An amount with its decimals: `1 234 567,50` or `1,234,567.50`. Written here and not by `Intl`, whose separators change
 * from one release to the next: documents must not.
 */
export function formatUnits(units: bigint, digits: number, language: Language): string {
  const [thousands, point] = language === 'ru' ? ['\u00a0', ','] : [',', '.'];
  const text = units.toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replaceAll(/\B(?=(\d{3})+$)/g, thousands);
  return digits === 0 ? whole : whole + point + text.slice(-digits);
}

/** A quantity or a rate without needless zeros: `2`, `0,5`. */
export function formatNumber(value: number, language: Language): string {
  const units = toUnits(value, quantityDigits) ?? BigInt(Math.round(value * 10 ** quantityDigits));
  return formatUnits(units, quantityDigits, language).replace(/[.,]?0+$/, '');
}
