import { type Weekday, weekday } from '../schema/common.ts';
import { dayMs, offsetAt } from './offset.ts';

export interface LocalParts {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: Weekday;
  /** `YYYY-MM-DD`. */
  date: string;
}

/** The wall clock of a zone at an instant. @throws RangeError for an unknown zone. */
export function localParts(at: number, zone: string): LocalParts {
  const local = toLocal(at, zone);
  const clock = new Date(local);
  return {
    year: clock.getUTCFullYear(),
    month: clock.getUTCMonth() + 1,
    day: clock.getUTCDate(),
    hour: clock.getUTCHours(),
    minute: clock.getUTCMinutes(),
    second: clock.getUTCSeconds(),
    weekday: weekdayOf(Math.floor(local / dayMs)),
    date: isoDate(local),
  };
}

/**
 * The instant at which a zone's wall clock shows a date (`YYYY-MM-DD`) and a time (`HH:MM`). A time that a change of the
 * clock skips moves forward by the gap; one that happens twice means the first.
 * @throws RangeError for a date or time that does not exist, or an unknown zone.
 */
export function atLocal(date: string, time: string, zone: string): number {
  const local = readLocal(date, time);
  if (local === null) throw new RangeError(`"${date} ${time}" does not exist; write "2026-03-29" and "09:30"`);
  return fromLocal(local, zone);
}

/** Local milliseconds: the wall clock's reading, written as if it were UTC. They can be added to by the calendar. */
export function toLocal(at: number, zone: string): number {
  return at + offsetAt(at, zone);
}

/** The instant of local milliseconds, by the rule of `atLocal` (the "compatible" one of ECMAScript's Temporal). */
export function fromLocal(local: number, zone: string): number {
  // No offset reaches a day, so these two lie before and after any change that could concern this reading.
  const before = offsetAt(local - dayMs, zone);
  const after = offsetAt(local + dayMs, zone);
  const first = local - before;
  if (before === after || offsetAt(first, zone) === before) return first;
  const second = local - after;
  return offsetAt(second, zone) === after ? second : first;
}

/** Local milliseconds of a date (`YYYY-MM-DD`) and a time (`HH:MM`, `HH:MM:SS`); `null` for one that does not exist. */
export function readLocal(date: string, time: string): number | null {
  const local = Date.parse(`${date}T${time}Z`);
  return Number.isNaN(local) || isoDate(local) !== date ? null : local;
}

/** `YYYY-MM-DD` of local milliseconds. */
export function isoDate(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}

/** Weekday of a local day, given as days since 1970-01-01, a Thursday. */
export function weekdayOf(day: number): Weekday {
  const monday0 = (((day + 3) % 7) + 7) % 7;
  return weekday.options[monday0] ?? 'mon';
}
