import type { Calendar, Shift } from '../schema/calendar.ts';
import { icalDays } from './ical.ts';
import { dayMs, spansOfDay } from './offset.ts';
import { isoDate, weekdayOf } from './zone.ts';

/** From its start up to, not including, its end; milliseconds. */
interface Interval {
  from: number;
  to: number;
}

/** What of one UTC day is open: disjoint intervals in order, and their sum. */
export interface OpenDay {
  intervals: readonly Interval[];
  total: number;
}

interface Rules {
  calendar: Calendar;
  holidays: ReadonlySet<string>;
  special: ReadonlyMap<string, readonly Shift[]>;
  days: Map<number, OpenDay>;
}

// Definitions are never changed in place, so what was worked out for one holds as long as the object lives.
const known = new WeakMap<Calendar, Rules>();

/** The open time of a UTC day, given as days since 1970-01-01; worked out once per calendar object and day. */
export function openDay(calendar: Calendar, day: number): OpenDay {
  let rules = known.get(calendar);
  if (rules === undefined) {
    const fromIcal = calendar.ical === undefined ? [] : icalDays(calendar.ical).days;
    rules = {
      calendar,
      holidays: new Set([...calendar.holidays, ...fromIcal].map((day) => day.date)),
      special: new Map(calendar.special.map((special) => [special.date, special.hours])),
      days: new Map(),
    };
    known.set(calendar, rules);
  }
  let open = rules.days.get(day);
  if (open === undefined) {
    open = workOut(rules, day);
    rules.days.set(day, open);
  }
  return open;
}

function workOut(rules: Rules, day: number): OpenDay {
  const found: Interval[] = [];
  // Local days up to 14 hours ahead and 12 behind touch a UTC day, and a shift may run into the day after its own.
  for (let localDay = day - 2; localDay <= day + 1; localDay++) {
    for (const shift of shiftsOf(rules, localDay)) {
      const start = localDay * dayMs + minutes(shift.from) * 60_000;
      const length = minutes(shift.to) - minutes(shift.from);
      const end = start + (length > 0 ? length : length + 24 * 60) * 60_000;
      // A shift is the set of instants at which the wall clock reads a time within it: what a change skips is not in
      // it, what happens twice is in it twice.
      for (const span of spansOfDay(day, rules.calendar.timezone)) {
        if (span === undefined) continue;
        const from = Math.max(start - span.offset, span.from);
        const to = Math.min(end - span.offset, span.to);
        if (from < to) found.push({ from, to });
      }
    }
  }
  const intervals = merge(found);
  return { intervals, total: intervals.reduce((sum, interval) => sum + interval.to - interval.from, 0) };
}

/** Shifts that start on a local day: a special day's own, none on a holiday, else the weekday's. */
function shiftsOf(rules: Rules, localDay: number): readonly Shift[] {
  const date = isoDate(localDay * dayMs);
  const special = rules.special.get(date);
  if (special !== undefined) return special;
  if (rules.holidays.has(date) || rules.holidays.has(date.slice(5))) return [];
  return rules.calendar.hours[weekdayOf(localDay)] ?? [];
}

function merge(intervals: Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const interval of intervals.sort((a, b) => a.from - b.from)) {
    const last = merged[merged.length - 1];
    if (last === undefined || interval.from > last.to) merged.push(interval);
    else last.to = Math.max(last.to, interval.to);
  }
  return merged;
}

/** Minutes since midnight of `HH:MM`. */
function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
