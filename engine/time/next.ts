import type { Weekday } from '../schema/common.ts';
import { dayMs } from './offset.ts';
import { fromLocal, readLocal, toLocal, weekdayOf } from './zone.ts';

/** A local time of day (`HH:MM`), on any day or only on one weekday. */
export interface TimeOfDay {
  at: string;
  weekday?: Weekday | undefined;
  zone: string;
}

/**
 * The next instant after `now` (never `now` itself, so that a loop over it goes on) at which the wall clock shows the time. A time
 * that happens twice counts once, the first; a skipped one moves forward by the gap.
 * @throws RangeError for a time that does not exist, or an unknown zone.
 */
export function nextTimeOfDay({ at, weekday, zone }: TimeOfDay, now: number): number {
  const time = readLocal('1970-01-01', at);
  if (time === null) throw new RangeError(`"${at}" is no time of day; write one such as "09:30"`);
  // From yesterday on: a time in a gap at midnight moves into today.
  for (let day = Math.floor(toLocal(now, zone) / dayMs) - 1; ; day++) {
    if (weekday !== undefined && weekdayOf(day) !== weekday) continue;
    const next = fromLocal(day * dayMs + time, zone);
    if (next > now) return next;
  }
}
