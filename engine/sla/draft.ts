import type { JsonObject } from '../json.ts';
import type { Advance } from '../model/advance.ts';
import type { Clock, ClockEntry, ClockState } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { DefinitionRef } from '../model/state.ts';
import type { TimelineEntry, TimelineKind } from '../model/timeline.ts';
import type { ClockContext } from './context.ts';
import { folded, forgotten } from './fold.ts';

/** A ticket's clocks while they are being moved: a copy that may be written to, and what came out so far. */
export interface ClockDraft {
  readonly state: ClockState;
  readonly context: ClockContext;
  /** Epoch ms of the decision: `now` in conditions. */
  readonly now: number;
  readonly effects: Effect[];
  readonly timeline: TimelineEntry[];
  /** Who did what is being taken in, as the event says. */
  by?: string;
}

export function openDraft(state: ClockState, context: ClockContext, now: number): ClockDraft {
  const clocks = state.clocks.map((clock) => ({ ...clock, fired: { ...clock.fired } }));
  return {
    state: { ...state, clocks, ledger: [...state.ledger], asked: [...state.asked], incidents: [...state.incidents] },
    context,
    now,
    effects: [],
    timeline: [],
  };
}

export function closeDraft({ state, effects, timeline }: ClockDraft): Advance<ClockState> {
  state.clocks = forgotten(state.clocks);
  state.ledger = folded(state.ledger, state.clocks);
  return {
    state,
    effects,
    deadline: clockDeadline(state),
    timeline,
    ...(state.status === 'ended' && state.outcome !== undefined && { outcome: state.outcome }),
  };
}

/** Earliest epoch ms at which the clocks want a `due`, or null. */
export function clockDeadline({ status, clocks }: ClockState): number | null {
  if (status === 'ended') return null;
  return clocks.reduce<number | null>((first, { wake }) => {
    return wake === null || (first !== null && first <= wake) ? first : wake;
  }, null);
}

/** Moves to the instant at which something happened: never back, since what has been counted stays counted. */
export function moveTo({ state }: ClockDraft, happened: number): void {
  state.at = Math.max(state.at, happened);
}

export function note({ state, timeline }: ClockDraft, kind: TimelineKind, detail?: JsonObject): void {
  state.entries += 1;
  timeline.push({ n: state.entries, at: state.at, kind, ...(detail !== undefined && { detail }) });
}

/** Writes what just happened to a clock into the ledger and the timeline. */
export function enter(draft: ClockDraft, clock: Clock, change: ClockEntry['change'], why: string, escalation?: string) {
  const { state, by } = draft;
  const entry: Omit<ClockEntry, 'at'> = {
    target: clock.target,
    n: clock.n,
    change,
    status: clock.status,
    why,
    ...(by !== undefined && { by }),
    consumed: clock.consumed,
    goal: clock.goal,
    due: clock.due,
    policy: versionName(clock.policy),
    ...(clock.calendar !== undefined && { calendar: versionName(clock.calendar) }),
    ...(escalation !== undefined && { escalation }),
  };
  state.ledger.push({ at: state.at, ...entry });
  note(draft, 'clock', { ...entry });
}

/** `office-ru@3`. */
export function versionName({ key, version }: DefinitionRef): string {
  return `${key}@${version}`;
}
