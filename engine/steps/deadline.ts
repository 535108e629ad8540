import type { EffectError } from '../model/event.ts';
import { addOpenTime } from '../time/business.ts';
import { addDuration, durationMs, isExact, parseDuration } from '../time/duration.ts';
import type { Visit } from './define.ts';
import { failure } from './failure.ts';

/** Epoch ms, with the zone by which it was found where one counts; or why there is none. */
export type Deadline = { ok: true; at: number; zone?: string } | { ok: false; error: EffectError };

/**
 * The instant a duration after `from`: in open time of a calendar where one is named, else on the clock, where days and
 * months keep the local time of the visit's zone.
 */
export function deadlineAfter(visit: Visit, from: number, iso: string, calendar?: string): Deadline {
  if (calendar === undefined) return { ok: true, ...onTheClock(visit, from, iso) };
  const hours = visit.context.calendars[calendar];
  if (hours === undefined) {
    return { ok: false, error: missingCalendar(calendar) };
  }
  const at = addOpenTime(hours, from, durationMs(iso));
  if (at === null) {
    const message = `Calendar "${calendar}" has no ${iso} of open time ahead; give it hours, then retry the step.`;
    return { ok: false, error: failure('CALENDAR_NEVER_OPEN', message) };
  }
  return { ok: true, at };
}

/** The instant a duration after `from`, with the visit's zone where that counts: asked for none, a visit need not know its contact. */
export function onTheClock(visit: Visit, from: number, iso: string): { at: number; zone?: string } {
  const duration = parseDuration(iso);
  if (isExact(duration)) return { at: from + duration.time };
  const { zone } = visit;
  return { at: addDuration(from, iso, zone), zone };
}

export function missingCalendar(key: string): EffectError {
  return failure('CALENDAR_NOT_FOUND', `There is no calendar "${key}"; publish it, then retry the step.`);
}
