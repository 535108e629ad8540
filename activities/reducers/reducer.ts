import type { Effect } from '../../engine/model/effects.ts';
import type { Instance } from '../../engine/model/state.ts';
import type { TimelineEntry } from '../../engine/model/timeline.ts';
import type { Arrival, Entrant } from '../contract.ts';
import type { Desk } from '../desk.ts';

/** What everything that came for an instance did to it. */
export interface Move<S extends Instance = Instance> {
  state: S;
  effects: Effect[];
  timeline: TimelineEntry[];
}

/** How the instances of one kind live. Times are virtual epoch ms. */
export interface Reducer<S extends Instance> {
  /** Somebody who was let in, before the first step. */
  start(entrant: Entrant, desk: Desk): S;
  /** Never throws: an instance that cannot be moved stands at an incident. */
  move(state: S, arrivals: readonly Arrival[], desk: Desk): Move<S>;
  /** The earliest timer, or null. */
  deadline(state: S): number | null;
}
