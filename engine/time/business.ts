import type { Calendar } from '../schema/calendar.ts';
import { dayMs } from './offset.ts';
import { openDay } from './opening.ts';

/** A calendar without an opening in so many days counts as never open: more than a year, so that a yearly season is found. */
const searchDays = 400;

/** Whether `at` (epoch ms) is open time. A shift is open from its start up to, not including, its end. */
export function isOpen(calendar: Calendar, at: number): boolean {
  return openDay(calendar, dayOf(at)).intervals.some((interval) => interval.from <= at && at < interval.to);
}

/**
 * The first instant by which `ms` of open time have passed since `at`; exactly at closing time it is that instant, not the
 * next opening. `at` itself when `ms` is not above 0. `null` when the calendar never opens again (no opening in 400 days).
 */
export function addOpenTime(calendar: Calendar, at: number, ms: number): number | null {
  if (ms <= 0) return at;
  let left = ms;
  for (let day = dayOf(at), closed = 0; closed <= searchDays; day++, closed++) {
    for (const interval of openDay(calendar, day).intervals) {
      if (interval.to <= at) continue;
      const from = Math.max(interval.from, at);
      if (interval.to - from >= left) return from + left;
      left -= interval.to - from;
      closed = 0;
    }
  }
  return null;
}

/** Open milliseconds from `from` up to `to`; 0 when `to` is not later. */
export function openTimeBetween(calendar: Calendar, from: number, to: number): number {
  if (to <= from) return 0;
  const [first, last] = [dayOf(from), dayOf(to)];
  let sum = 0;
  for (let day = first; day <= last; day++) {
    const open = openDay(calendar, day);
    if (day > first && day < last) sum += open.total;
    else
      for (const interval of open.intervals)
        sum += Math.max(0, Math.min(interval.to, to) - Math.max(interval.from, from));
  }
  return sum;
}

/** The first open instant from `at` on: `at` itself while open. `null` when there is none in 400 days. */
export function nextOpening(calendar: Calendar, at: number): number | null {
  for (let day = dayOf(at), closed = 0; closed <= searchDays; day++, closed++) {
    const next = openDay(calendar, day).intervals.find((interval) => interval.to > at);
    if (next !== undefined) return Math.max(next.from, at);
  }
  return null;
}

/** The last closing time up to `at`: `at` itself while open. `null` when there is none in the 400 days before. */
export function previousClosing(calendar: Calendar, at: number): number | null {
  if (isOpen(calendar, at)) return at;
  for (let day = dayOf(at), closed = 0; closed <= searchDays; day--, closed++) {
    const last = openDay(calendar, day).intervals.findLast((interval) => interval.from < at);
    if (last !== undefined) return last.to;
  }
  return null;
}

function dayOf(at: number): number {
  return Math.floor(at / dayMs);
}
