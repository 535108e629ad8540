import type { Arrival, Entrant, Hosted } from '../activities/contract.ts';

export type { Entrant };

import type { Effect } from '../engine/model/effects.ts';
import type { Control, DomainEvent } from '../engine/model/event.ts';

/** At most so many instances, and characters of what they remember, share a cohort and take a turn together. */
export const cohortBounds = { instances: 1_000, size: 1_200_000 };

/** Workflow type that hosts instances of one definition version. */
export const cohortWorkflow = 'cohort';
/** Signal with messages to hosted instances: `[Message[]]`. */
export const deliverSignal = 'deliver';
/** Query for what a cohort remembers; answers `CohortView`. */
export const stateQuery = 'state';

/** What comes from outside for one instance. The same may come twice: events and controls are numbered. */
export type Message =
  | { instance: string; type: 'event'; event: DomainEvent }
  | { instance: string; type: 'control'; control: Control; seq: number };

/** What a workflow starts with: entrants at first, what it remembered when it goes on as new. */
export interface CohortInput {
  entrants: Entrant[];
  carried?: Carried;
}

/** What one run hands to the next. */
export interface Carried {
  /** Number of turns so far. */
  turn: number;
  hosted: Hosted[];
  arrivals: Arrival[];
  /** Effects that the next run performs. */
  slow: Effect[];
  /** Ids of decisions that are still to be let go of. */
  settle: string[];
}

export type CohortView = Carried & {
  /** Effects that are being performed in activities of their own. */
  inFlight: number;
};
