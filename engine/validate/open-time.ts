import type { Calendar } from '../schema/calendar.ts';
import { addOpenTime } from '../time/business.ts';
import { durationMs, parseDuration } from '../time/duration.ts';
import { dayMs } from '../time/offset.ts';
import { openDay } from '../time/opening.ts';
import { mistake, type Path, type Problem, warning } from './problem.ts';

/** A span of open time that a definition names, and where. */
export interface Span {
  iso: string;
  path: Path;
}

/** A span that is no time at all. */
export function lengthProblems({ iso, path }: Span): Problem[] {
  return durationMs(iso) > 0 ? [] : [mistake(path, 'wrong-value', `"${iso}" is no time at all: write at least "PT1M"`)];
}

/** Days and longer have 24 hours each, and only open hours count: hardly ever what is meant by "a day". */
export function dayProblems({ iso, path }: Span, calendar: Calendar | undefined): Problem[] {
  const { months, days } = parseDuration(iso);
  if (calendar === undefined || (months === 0 && days === 0)) return [];
  const hours = durationMs(iso) / 3_600_000;
  const day = longestDay(calendar);
  const text = `"${iso}" is ${hours} open hours of "${calendar.key}": write hours`;
  if (months !== 0 || day === 0) return [warning(path, 'open-time', text)];
  const meant = `PT${days * day}H`;
  return [warning(path, 'open-time', `${text}, such as "${meant}" for ${days} of its days`, meant)];
}

/** Whole open hours of the longest day of a week without holidays. */
function longestDay({ hours, timezone, ...calendar }: Calendar): number {
  const plain: Calendar = { ...calendar, hours, timezone: 'UTC', holidays: [], special: [] };
  const week = Array.from({ length: 7 }, (_, day) => openDay(plain, day).total);
  return Math.floor(Math.max(...week) / 3_600_000);
}

/** A span that the calendar never has. */
export function reachProblems({ iso, path }: Span, calendar: Calendar): Problem[] {
  // A week repeats itself for ever; a calendar of special days alone has no more than these.
  const [first] = calendar.special.map(({ date }) => date).sort();
  const from = Date.parse(first ?? '2026-01-01') - 2 * dayMs;
  if (addOpenTime(calendar, from, durationMs(iso)) !== null) return [];
  const text = `the calendar "${calendar.key}" never has ${iso} of open time: give it hours, or promise less`;
  return [mistake(path, 'goal-unreachable', text)];
}
