import ICAL from 'ical.js';
import { dayMs } from './offset.ts';
import { isoDate } from './zone.ts';

/** A closed day; `date` is `YYYY-MM-DD`. */
export interface IcalDay {
  date: string;
  name: string;
}

export interface IcalDays {
  days: IcalDay[];
  /** Events that close no day, since they have a time of day: `name, start`. */
  passedOver: string[];
}

/** Rules without an end are followed to the end of this year. */
const lastYear = 2100;
const maxDays = 20_000;
/** Parts of a yearly rule beside FREQ; others belong to rules that no holiday needs. */
const knownParts = new Set(['BYMONTH', 'BYMONTHDAY', 'BYDAY']);

/**
 * The days that the all-day events of an iCalendar text (RFC 5545) cover: those of several days, yearly ones, moved and
 * cancelled ones as well.
 * @throws RangeError for a text that is no iCalendar, or an event that repeats otherwise than yearly.
 */
export function icalDays(text: string): IcalDays {
  try {
    return read(eventsOf(text));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    // The library reads values when they are asked for, and throws plain errors.
    const reason = error instanceof Error ? error.message : String(error);
    throw new RangeError(`this is no iCalendar text: ${reason.slice(0, 200)}`);
  }
}

function read(events: readonly ICAL.Event[]): IcalDays {
  const moved = new Set(
    events.flatMap((event) => (event.isRecurrenceException() ? [nameOf(event, event.recurrenceId)] : [])),
  );
  const found = new Map<string, string>();
  const passedOver: string[] = [];
  for (const event of events) {
    if (event.component.getFirstPropertyValue('status') === 'CANCELLED') continue;
    const start = event.startDate;
    if (start === null || !start.isDate) {
      passedOver.push(`${event.summary ?? 'an event'}, ${start ?? 'without a start'}`);
      continue;
    }
    const length = Math.max(1, Math.round((event.duration.toSeconds() * 1000) / dayMs));
    for (const first of startsOf(event)) {
      if (!event.isRecurrenceException() && moved.has(`${event.uid}/${first}`)) continue;
      for (let day = 0; day < length; day++) found.set(isoDate(Date.parse(first) + day * dayMs), event.summary ?? '');
      if (found.size > maxDays)
        throw new RangeError(`"${event.summary}" and those before it close more than ${maxDays} days`);
    }
  }
  const days = [...found].map(([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1));
  return { days, passedOver };
}

function eventsOf(text: string): ICAL.Event[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  if (calendar.name !== 'vcalendar') throw new Error('it does not begin with BEGIN:VCALENDAR');
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
}

function nameOf({ uid }: ICAL.Event, date: ICAL.Time): string {
  return `${uid}/${dateOf(date)}`;
}

/** `YYYY-MM-DD`. */
function dateOf({ year, month, day }: ICAL.Time): string {
  return isoDate(Date.UTC(year, month - 1, day));
}

/** First days of an event, `YYYY-MM-DD`. */
function startsOf(event: ICAL.Event): Set<string> {
  const starts = new Set([dateOf(event.startDate)]);
  for (const value of valuesOf(event, 'rrule')) {
    if (value instanceof ICAL.Recur) for (const date of repeated(event, value)) starts.add(date);
  }
  for (const value of valuesOf(event, 'rdate')) if (value instanceof ICAL.Time) starts.add(dateOf(value));
  for (const value of valuesOf(event, 'exdate')) if (value instanceof ICAL.Time) starts.delete(dateOf(value));
  return starts;
}

function valuesOf({ component }: ICAL.Event, name: string): unknown[] {
  return component.getAllProperties(name).flatMap((property): unknown[] => property.getValues());
}

function repeated({ summary, startDate }: ICAL.Event, rule: ICAL.Recur): string[] {
  const parts = Object.keys(rule.parts);
  if (rule.freq !== 'YEARLY' || parts.some((part) => !knownParts.has(part))) {
    throw new RangeError(
      `"${summary}" repeats by ${rule}; only yearly rules with ${[...knownParts].join(', ')} are known`,
    );
  }
  return parts.length === 0 ? sameDay(startDate, rule) : byRule(startDate, rule);
}

/** The same day of the year: 29 February only in leap years. */
function sameDay(start: ICAL.Time, { interval, count, until }: ICAL.Recur): string[] {
  const dates: string[] = [];
  const end = until === null ? `${lastYear}-12-31` : dateOf(until);
  const monthAndDay = dateOf(start).slice(5);
  for (let year = start.year; year <= lastYear && dates.length < (count ?? maxDays); year += Math.max(1, interval)) {
    const date = isoDate(Date.UTC(year, start.month - 1, start.day));
    if (date > end) break;
    if (date.endsWith(monthAndDay)) dates.push(date);
  }
  return dates;
}

/** Days such as the last Monday of May. What the library moves because a month has no such day does not take place. */
function byRule(start: ICAL.Time, rule: ICAL.Recur): string[] {
  const dates: string[] = [];
  const { BYMONTH: months, BYMONTHDAY: days } = rule.parts;
  const iterator = rule.iterator(start);
  for (let next = iterator.next(); next && next.year <= lastYear; next = iterator.next()) {
    const isMeant = fits(months, next.month) && (fits(days, next.day) || days?.some((day) => Number(day) < 0));
    if (isMeant) dates.push(dateOf(next));
  }
  return dates;
}

function fits(allowed: readonly unknown[] | undefined, value: number): boolean {
  return allowed === undefined || allowed.some((one) => Number(one) === value);
}
