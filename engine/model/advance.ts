import type { Effect } from './effects.ts';
import type { Instance, InstanceState } from './state.ts';
import type { TimelineEntry } from './timeline.ts';

/** What one event did to one instance. */
export interface Advance<S extends Instance = InstanceState> {
  state: S;
  /** To be performed once this decision is durable. */
  effects: Effect[];
  /** Earliest epoch ms at which the instance wants a `due`, or null. */
  deadline: number | null;
  timeline: TimelineEntry[];
  /** Set once the instance has ended. */
  outcome?: string;
}
