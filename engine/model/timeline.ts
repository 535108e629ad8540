import type { JsonObject } from '../json.ts';

/** What happened in an instance: the material of "why / why not". */
export type TimelineKind =
  | 'started'
  | 'entered'
  | 'waiting'
  | 'left'
  | 'received'
  | 'performed'
  | 'skipped'
  | 'deferred'
  | 'goal'
  | 'exit'
  | 'incident'
  | 'retried'
  | 'paused'
  | 'resumed'
  | 'cancelled'
  | 'ended'
  /** A line of a ticket's clocks: ClockEntry without `at`. */
  | 'clock';

export interface TimelineEntry {
  /** 1, 2, … within the instance. */
  n: number;
  /** Epoch milliseconds. */
  at: number;
  kind: TimelineKind;
  step?: string;
  visit?: number;
  /** The values compared, the rule, the reason, the exit taken, the deadline: what the decision read. */
  detail?: JsonObject;
}
