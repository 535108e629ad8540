import type { DomainEvent } from '../model/event.ts';
import type { DefinitionRef, InstanceState, SubjectRef } from '../model/state.ts';
import type { Process } from '../schema/index.ts';

export interface Start {
  id: string;
  process: Process;
  definition: DefinitionRef;
  subject: SubjectRef;
  trigger: DomainEvent;
  /** Epoch ms of the entry. */
  now: number;
  /** Unsigned 32-bit. */
  seed: number;
}

/** An instance that was let in and has done nothing yet: its first `started` event enters the first step. */
export function startInstance({ id, definition, subject, trigger, now, seed }: Start): InstanceState {
  return {
    reducer: 'process',
    id,
    definition,
    subject,
    seed,
    status: 'running',
    startedAt: now,
    trigger,
    vars: {},
    tokens: [],
    nextToken: 1,
    visits: {},
    entered: {},
    arms: {},
    inbox: [],
    held: [],
    lastSeq: trigger.seq,
    lastControl: 0,
    entries: 0,
  };
}
