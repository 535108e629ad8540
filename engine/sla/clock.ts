import type { Clock, ClockPoint } from '../model/clock.ts';
import type { Calendar } from '../schema/calendar.ts';
import { addOpenTime, openTimeBetween } from '../time/business.ts';
import type { PinnedCalendar } from './context.ts';

/** What time alone brings to a clock: its breach, or an escalation. `after`: open milliseconds since the clock began. */
export interface Stop {
  after: number;
  at: number;
  /** Absent: the breach. */
  point?: ClockPoint;
}

export function isOpen({ status }: Pick<Clock, 'status'>): boolean {
  return status === 'running' || status === 'paused';
}

/**
 * The calendar version that a clock goes by; undefined: every minute counts.
 * @throws RangeError when the version is not there: published versions are never lost.
 */
export function calendarOf({ calendar }: Pick<Clock, 'calendar'>, pinned: PinnedCalendar): Calendar | undefined {
  if (calendar === undefined) return undefined;
  const found = pinned(calendar.hash);
  if (found === undefined)
    throw new RangeError(`version ${calendar.version} of calendar "${calendar.key}" is not there`);
  return found;
}

/** Open milliseconds that have passed on a clock by `at`, by the calendar it has. */
export function consumedAt(clock: Clock, at: number, pinned: PinnedCalendar): number {
  if (clock.since === null || at <= clock.since) return clock.consumed;
  const calendar = calendarOf(clock, pinned);
  return clock.consumed + (calendar === undefined ? at - clock.since : openTimeBetween(calendar, clock.since, at));
}

/** Writes down what has passed by `at`, so that another calendar or none may count from there. */
export function bank(clock: Clock, at: number, pinned: PinnedCalendar): void {
  clock.consumed = consumedAt(clock, at, pinned);
  if (clock.since !== null) clock.since = Math.max(clock.since, at);
}

/** Works out the due time and the next stop of a clock whose consumed time, goal or calendar has changed. */
export function schedule(clock: Clock, pinned: PinnedCalendar): void {
  if (clock.since === null) {
    if (isOpen(clock)) clock.due = null;
    clock.wake = null;
    return;
  }
  const isPast = clock.due !== null && clock.due <= clock.since;
  if (clock.breachedAt === undefined || clock.consumed < clock.goal) clock.due = instantOf(clock, clock.goal, pinned);
  else if (!isPast) clock.due = clock.breachedAt;
  clock.wake = nextStop(clock, pinned)?.at ?? null;
}

/** The next stop of a running clock, the breach before escalations of the same moment; null when nothing is to come. */
export function nextStop(clock: Clock, pinned: PinnedCalendar): Stop | null {
  let first: Omit<Stop, 'at'> | null = clock.breachedAt === undefined ? { after: clock.goal } : null;
  for (const point of clock.points) {
    const fired = clock.fired[point.id] ?? 0;
    const after = passedAt(clock, point) + fired * point.every;
    if (fired < point.times && (first === null || after < first.after)) first = { after, point };
  }
  const at = first && instantOf(clock, first.after, pinned);
  return first === null || at === null ? null : { ...first, at };
}

/** How often a point has come by now: repeats that a change has jumped over count as one, the latest. */
export function timesBy(clock: Clock, point: ClockPoint): number {
  const fired = clock.fired[point.id] ?? 0;
  if (point.every === 0) return fired + 1;
  const passed = Math.floor((clock.consumed - passedAt(clock, point)) / point.every);
  return Math.min(point.times, Math.max(fired, passed) + 1);
}

/** Open time since the start by which a point comes for the first time. */
function passedAt({ goal, overrunFrom }: Clock, { after, from }: ClockPoint): number {
  return from === 'start' ? after : (overrunFrom ?? goal) + after;
}

/** The first instant, in whole seconds, by which so much open time has passed on a running clock. */
function instantOf(clock: Clock, after: number, pinned: PinnedCalendar): number | null {
  if (clock.since === null) return null;
  const left = after - clock.consumed;
  const calendar = left <= 0 ? undefined : calendarOf(clock, pinned);
  const at = calendar === undefined ? clock.since + Math.max(0, left) : addOpenTime(calendar, clock.since, left);
  return at === null ? null : Math.ceil(at / 1000) * 1000;
}
