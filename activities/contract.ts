import type { Effect } from '../engine/model/effects.ts';
import type { Control, DomainEvent, EffectError, EffectResult } from '../engine/model/event.ts';
import type { DefinitionRef, InstanceState, SubjectRef } from '../engine/model/state.ts';

/** An instance that was let in and has not taken its first step. */
export interface Entrant {
  id: string;
  definition: DefinitionRef;
  subject: SubjectRef;
  trigger: DomainEvent;
  vars: InstanceState['vars'];
}

/** A running instance as its workflow remembers it. */
export interface Hosted {
  id: string;
  /** Real epoch ms of the earliest deadline, or null. */
  wake: number | null;
  /** An `Instance` as JSON text: the workflow does not look into it, so it need not be made into objects there and back. */
  state: string;
}

/** What has come for one instance since its last turn. The same may come twice and then changes nothing. */
export type Arrival = { instance: string } & (
  | { type: 'event'; event: DomainEvent }
  | { type: 'control'; control: Control; seq: number }
  | ((
      | { type: 'performed'; key: string; result: EffectResult }
      | { type: 'failed'; key: string; error: EffectError }
    ) & {
      /** Virtual epoch ms; absent: when it is taken. */
      at?: number;
    })
);

export interface TurnInput {
  /** `workflow/turn`: under it the turn's decisions are durable before anything is performed, and its timeline is kept. */
  key: string;
  /** Workflow time, real epoch ms. */
  now: number;
  entrants: Entrant[];
  /** Instances that something came for or that are due. */
  states: Hosted['state'][];
  arrivals: Arrival[];
  /** Ids of decisions of earlier turns, which are in the workflow's history now. */
  settle: string[];
}

export interface TurnResult {
  /** Those that go on, with their new states. */
  hosted: Hosted[];
  ended: string[];
  /** Effects that wait for somebody outside: each gets an activity of its own. */
  slow: Effect[];
  /** Ids of decisions that are still to be let go of. */
  settle: string[];
}

export interface Activities {
  /** Decides for a batch of instances and performs what follows at once, until all of them wait. */
  turn(input: TurnInput): Promise<TurnResult>;
  /** Performs one effect that may take its time. `now`: real epoch ms. */
  perform(effect: Effect, now: number): Promise<Arrival>;
}
