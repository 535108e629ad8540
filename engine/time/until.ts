import type { Json } from '../json.ts';
import type { Calendar } from '../schema/calendar.ts';
import { nextOpening, previousClosing } from './business.ts';
import { addToLocal, moveToMonth, parseDuration } from './duration.ts';
import { readLocal, toLocal } from './zone.ts';

export interface UntilQuestion {
  /** What the field holds: `YYYY-MM-DD`, an ISO 8601 date and time with or without a zone, or epoch milliseconds. */
  value: Json | undefined;
  /** Signed ISO 8601 duration added to it. */
  offset?: string | undefined;
  /** Local time (`HH:MM`) of a date without one; default `00:00`. */
  at?: string | undefined;
  /** Take the next anniversary, with its offset, that is not before `now`; 29 February is the 28th in common years. */
  yearly?: boolean | undefined;
  /** Of dates and times that name no zone, and of the calendar's days in `offset`. */
  zone: string;
  now: number;
  /** A moment that falls into its closed time moves to the next opening or, back, to the previous closing. */
  calendar?: Calendar | undefined;
  roll?: 'forward' | 'back' | undefined;
}

/**
 * `invalid`: no date at all; `never-open`: a date, but the calendar has no open time on that side of it. `at` is in epoch
 * milliseconds and may lie in the past.
 */
export type UntilAnswer =
  | { kind: 'missing' }
  | { kind: 'invalid' }
  | { kind: 'never-open' }
  | { kind: 'at'; at: number };

/** The moment that a wait for a field's date means. @throws RangeError for a bad `offset` or zone; never for a bad value. */
export function resolveUntil(question: UntilQuestion): UntilAnswer {
  const { value, yearly, now, zone } = question;
  if (value === undefined || value === null || value === '') return { kind: 'missing' };
  const date = readDate(value, question.at ?? '00:00', zone);
  if (date === null) return { kind: 'invalid' };
  const offset = parseDuration(question.offset ?? 'PT0S');
  if (!yearly) {
    const exact = offset.months === 0 && offset.days === 0 ? date.at : undefined;
    return roll(exact === undefined ? addToLocal(date.local, offset, zone) : exact + offset.time, question);
  }
  // One year early, since the offset or the calendar may move an anniversary over New Year and past now.
  const reach = Math.ceil(Math.abs(offset.months) / 12 + Math.abs(offset.days) / 365) + 1;
  const day = new Date(date.local);
  for (let year = Math.max(day.getUTCFullYear(), new Date(now).getUTCFullYear() - reach); ; year++) {
    const answer = roll(addToLocal(moveToMonth(date.local, year, day.getUTCMonth()), offset, zone), question);
    if (answer.kind !== 'at' || answer.at >= now) return answer;
  }
}

/** A value's wall-clock reading in local milliseconds, and its instant where the value itself fixes one. */
interface FieldDate {
  local: number;
  at?: number;
}

/** The last day that a text can name bounds the numbers too. */
const latest = Date.UTC(9999, 11, 31);

const dateTime = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-][01]\d:?[0-5]\d)?)?$/;

function readDate(value: Json, defaultTime: string, zone: string): FieldDate | null {
  if (typeof value === 'number') return Math.abs(value) <= latest ? instant(value, zone) : null;
  const [, date, time = defaultTime, ownZone] = (typeof value === 'string' && dateTime.exec(value)) || [];
  const local = date === undefined ? null : readLocal(date, time);
  if (local === null) return null;
  return ownZone === undefined ? { local } : instant(local - offsetOf(ownZone), zone);
}

function instant(at: number, zone: string): FieldDate {
  return { at, local: toLocal(at, zone) };
}

/** Milliseconds of `Z`, `+03:00` or `+0300`. */
function offsetOf(ownZone: string): number {
  if (ownZone === 'Z') return 0;
  const size = (Number(ownZone.slice(1, 3)) * 60 + Number(ownZone.slice(-2))) * 60_000;
  return ownZone.startsWith('-') ? -size : size;
}

function roll(at: number, { calendar, roll: direction = 'forward' }: UntilQuestion): UntilAnswer {
  if (calendar === undefined) return { kind: 'at', at };
  const moved = direction === 'forward' ? nextOpening(calendar, at) : previousClosing(calendar, at);
  return moved === null ? { kind: 'never-open' } : { kind: 'at', at: moved };
}
