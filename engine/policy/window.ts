import type { Purpose } from '../model/contact.ts';
import type { Calendar } from '../schema/calendar.ts';
import { type Weekday, weekday } from '../schema/common.ts';
import type { ContactPolicy } from '../schema/contact-policy.ts';
import { addOpenTime, isOpen, nextOpening, openTimeBetween } from '../time/business.ts';
import { durationMs } from '../time/duration.ts';
import type { EffectiveZone } from './zone.ts';

export interface SendingTime extends EffectiveZone {
  purpose: Purpose;
  /** Name of a window of the policy; a name that it does not (any longer) have sets no bound. */
  sendWindow?: string;
  /** Unsigned 32-bit: the place within the spread is drawn from it and from the opening. */
  seed: number;
}

/**
 * The first moment from `now` (epoch ms) at which a message may leave: `now` itself where that is permitted. Transactional
 * messages may always leave. Others keep the quiet hours and the send window in the zone's local time; those that have
 * to wait are scattered over the window's `spread` after it opens, at whole seconds and within the same opening.
 * `null`: held, because the zone is unknown and the policy says `hold` (ask again when it is known), or because the
 * window lies wholly in quiet hours.
 */
export function permittedAt(message: SendingTime, policy: ContactPolicy, now: number): number | null {
  if (message.purpose === 'transactional') return now;
  if (!message.known && policy.unknownZone === 'hold') return null;
  const bounds = boundsOf(policy, message.sendWindow, message.zone);
  const opening = settle(bounds, now);
  const window = message.sendWindow === undefined ? undefined : policy.sendWindows[message.sendWindow];
  const [hours] = bounds;
  if (opening === null || opening === now || window?.spread === undefined || hours === undefined) return opening;
  const room = Math.floor(openTimeBetween(hours, opening, opening + durationMs(window.spread)) / 1000);
  const offset = Math.floor(draw(message.seed, opening) * room) * 1000;
  return settle(bounds, addOpenTime(hours, opening, offset) ?? opening);
}

/** The first moment from `at` on at which all calendars are open; `null` when there is none in half a year. */
function settle(bounds: readonly Calendar[], at: number): number | null {
  let settled = at;
  // Each round goes on to the next opening of a daily or weekly rhythm.
  for (let round = 0; round < 60; round++) {
    const closed = bounds.find((calendar) => !isOpen(calendar, settled));
    if (!closed) return settled;
    const opening = nextOpening(closed, settled);
    if (opening === null) return null;
    settled = opening;
  }
  return null;
}

// One policy serves thousands of contacts in a handful of zones; calendars keep the openings they have worked out.
const known = new WeakMap<ContactPolicy, Map<string, readonly Calendar[]>>();

/** The send window (first, when there is one) and the hours that are not quiet, as calendars. */
function boundsOf(policy: ContactPolicy, sendWindow: string | undefined, zone: string): readonly Calendar[] {
  const byZone = known.get(policy) ?? new Map<string, readonly Calendar[]>();
  known.set(policy, byZone);
  const key = `${zone} ${sendWindow ?? ''}`;
  const found = byZone.get(key);
  if (found) return found;
  const window = sendWindow === undefined ? undefined : policy.sendWindows[sendWindow];
  const quiet = policy.quietHours;
  const bounds = [
    ...(window ? [calendar(zone, window.days, window.from, window.to)] : []),
    ...(quiet && quiet.from !== quiet.to ? [calendar(zone, weekday.options, quiet.to, quiet.from)] : []),
  ];
  byZone.set(key, bounds);
  return bounds;
}

function calendar(timezone: string, days: readonly Weekday[], from: string, to: string): Calendar {
  return {
    kind: 'calendar',
    key: 'sending',
    name: 'Sending',
    timezone,
    hours: Object.fromEntries(days.map((day) => [day, [{ from, to }]])),
    holidays: [],
    special: [],
  };
}

/** A number in [0, 1) from a seed and an instant: one step of Mulberry32 (Tommy Ettinger, public domain). */
function draw(seed: number, at: number): number {
  let state = (seed ^ Math.floor(at / 1000)) + 0x6d2b79f5;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}
