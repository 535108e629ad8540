import { dayMs } from './offset.ts';
import { fromLocal, toLocal } from './zone.ts';

/** A parsed ISO 8601 duration; all parts carry its sign. */
export interface Duration {
  months: number;
  days: number;
  /** Hours, minutes and seconds, in milliseconds. */
  time: number;
}

const pattern =
  /^([+-])?P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

// Durations come from definitions, a few hundred texts; those that come from data must not fill the memory.
const parsed = new Map<string, Duration>();
const maxParsed = 5000;

/** @throws RangeError for a text that is no whole-second ISO 8601 duration. */
export function parseDuration(iso: string): Duration {
  const known = parsed.get(iso);
  if (known !== undefined) return known;
  const match = pattern.exec(iso);
  if (match === null) throw new RangeError(`"${iso}" is no ISO 8601 duration; write one such as "PT2H" or "P7D"`);
  const sign = match[1] === '-' ? -1 : 1;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(2)
    .map((digits) => (digits === undefined ? 0 : sign * Number(digits)));
  const duration = {
    months: years * 12 + months,
    days: weeks * 7 + days,
    time: ((hours * 60 + minutes) * 60 + seconds) * 1000,
  };
  if (parsed.size >= maxParsed) parsed.clear();
  parsed.set(iso, duration);
  return duration;
}

/**
 * The instant a duration after `at` (before it for a negative one): years to days by the calendar of the zone, which keeps the
 * local time of day (`P1D` over a change of the clock is 23 or 25 hours), then hours to seconds exactly. A month too
 * short for the day gives its last one. As ECMAScript's `Temporal.ZonedDateTime.add` does.
 * @throws RangeError for a text that is no duration, or an unknown zone.
 */
export function addDuration(at: number, iso: string, zone: string): number {
  const duration = parseDuration(iso);
  if (isExact(duration)) return at + duration.time;
  return addToLocal(toLocal(at, zone), duration, zone);
}

/** Whether it is as long in every zone. */
export function isExact({ months, days }: Duration): boolean {
  return months === 0 && days === 0;
}

/** The same from a reading of the wall clock (local milliseconds), which need not exist on its own day. */
export function addToLocal(local: number, duration: Duration, zone: string): number {
  const months = duration.months === 0 ? local : addMonths(local, duration.months);
  return fromLocal(months + duration.days * dayMs, zone) + duration.time;
}

/**
 * Length in milliseconds with a day of 24 hours, a month of 30 days and a year of 365: for windows, caps and half-lives, which
 * belong to no zone. @throws RangeError for a text that is no duration.
 */
export function durationMs(iso: string): number {
  const { months, days, time } = parseDuration(iso);
  const years = Math.trunc(months / 12);
  return (years * 365 + (months % 12) * 30 + days) * dayMs + time;
}

/** The same day and time in another month (0 to 11, or beyond into other years), or its last day where it is too short. */
export function moveToMonth(local: number, year: number, month: number): number {
  const clock = new Date(local);
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return clock.setUTCFullYear(year, month, Math.min(clock.getUTCDate(), lastDay));
}

function addMonths(local: number, months: number): number {
  const clock = new Date(local);
  return moveToMonth(local, clock.getUTCFullYear(), clock.getUTCMonth() + months);
}
