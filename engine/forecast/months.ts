import { atLocal, localParts } from '../time/zone.ts';

export interface Month {
  /** `YYYY-MM` */
  month: string;
  /** Epoch ms; the first begins now. */
  from: number;
  to: number;
}

/** So many months of a zone's calendar, from what is left of the present one on. */
export function monthsFrom(now: number, count: number, zone: string): Month[] {
  const { year, month } = localParts(now, zone);
  return Array.from({ length: count }, (_, index) => {
    const name = monthName(year, month + index);
    const from = index === 0 ? now : atLocal(`${name}-01`, '00:00', zone);
    return { month: name, from, to: atLocal(`${monthName(year, month + index + 1)}-01`, '00:00', zone) };
  });
}

/** @param month 1 to 12, or beyond: 13 is January of the next year */
function monthName(year: number, month: number): string {
  const index = year * 12 + month - 1;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
