import type { Arrival, Entrant, Hosted } from '../activities/contract.ts';

export type { Entrant };

import type { Effect } from '../engine/model/effects.ts';
import type { Control, DomainEvent } from '../engine/model/event.ts';

export interface Room {
  /** So many instances share a cohort and take a turn together. */
  instances: number;
  /** So many characters of what they remember do. */
  size: number;
  /**
   * So many activities run at a time: Temporal refuses more than 2,000, and those that are scheduled together must fit into one
   * message of 4 MB.
   */
  activities: number;
}

/** What cohorts of today start with. */
export const cohortRoom: Room = { instances: 1_000, size: 1_200_000, activities: 500 };

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
  /** It comes with the start, so that another bound later leaves running workflows as they are; earlier versions gave none. */
  room?: Room;
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
