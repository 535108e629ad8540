import type { Forecast, ForecastCell } from '../api/forecast.ts';

/** "1.65M": what a cell has room for. */
export function shortNumber(amount: number, language: string): string {
  return new Intl.NumberFormat(language, { notation: 'compact', maximumSignificantDigits: 3 }).format(
    Math.round(amount),
  );
}

/** "1,650,000 ₽": nobody knows the kopecks of the future. */
export function wholeMoney(amount: number, currency: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount);
}

export function percentText(part: number, language: string, digits = 0): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(part);
}

/** "Nov 2026" of `2026-11`. */
export function monthText(month: string, language: string): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  return new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(date);
}

/** A span of time that has a column: one of the months, what comes later, or all of it. */
export type Span = { month: string; index: number } | { month: 'later' | 'total' };

export type ForecastLine = Pick<Forecast['currencies'][number], 'months' | 'later' | 'total'>;

const nothing: ForecastCell = { expected: 0, low: 0, high: 0, deals: 0 };

export function cellOf(line: ForecastLine, span: Span): ForecastCell {
  if ('index' in span) return line.months[span.index] ?? nothing;
  return span.month === 'later' ? line.later : line.total;
}

/** That a deal is won in that time. */
export function chanceIn(deal: Forecast['deals'][number], span: Span): number {
  if ('index' in span) return deal.months[span.index] ?? 0;
  return span.month === 'later' ? deal.later : deal.probability;
}

export function spansOf({ months }: Pick<Forecast, 'months'>): Span[] {
  return [{ month: 'total' }, ...months.map(({ month }, index) => ({ month, index })), { month: 'later' }];
}
