import type { Json, JsonObject } from '../json.ts';
import type { ClockState } from './clock.ts';
import type { DomainEvent, EffectError, EngineEvent } from './event.ts';

export interface DefinitionRef {
  key: string;
  version: number;
  /** SHA-256 of the canonical JSON: the pin that publishing never moves. */
  hash: string;
  /** The steps inside the definition that are meant, when it is not a process itself: an escalation of an SLA policy. */
  part?: string;
}

export interface SubjectRef {
  kind: 'contact' | 'deal' | 'ticket';
  id: string;
  /** The contact behind the subject (the subject itself for `contact`). */
  contactId: string;
}

export type InstanceStatus = 'running' | 'paused' | 'ended';

/**
 * One point of control in an instance. There is one, except inside `parallel` (one per open branch) and `repeat` (the
 * container step keeps its own token; the body runs in a child).
 */
export interface Token {
  id: number;
  step: string;
  /** How many times this instance has entered the step, this entry included (1, 2, …). */
  visit: number;
  /** Token of the enclosing container step, and the branch of it that this token runs. */
  parent?: number;
  branch?: string;
  phase: 'waiting' | 'performing' | 'incident';
  /** The step type's own memory. */
  data: JsonObject;
  /** Epoch ms at which the step wants a `due`, or null. */
  deadline: number | null;
  /** Epoch ms of the entry. */
  since: number;
  incident?: Incident;
}

export interface Incident extends EffectError {
  at: number;
}

/** What every instance has, whichever reducer moves it: plain JSON, the only thing a workflow remembers. */
export interface InstanceHead {
  id: string;
  definition: DefinitionRef;
  subject: SubjectRef;
  status: InstanceStatus;
  startedAt: number;
  /** The event that started it, whole: `trigger` in conditions. */
  trigger: DomainEvent;
  /** Highest `seq` of a domain event, and of a control, already taken. */
  lastSeq: number;
  lastControl: number;
  outcome?: string;
  endedAt?: number;
  /** Number of timeline entries written so far. */
  entries: number;
}

/** An instance of any reducer. */
export type Instance = InstanceState | ClockState;

/** An instance of a process. */
export interface InstanceState extends InstanceHead {
  reducer: 'process';
  /** Unsigned 32-bit: all chance (spread) is drawn from it. */
  seed: number;
  vars: Record<string, Json>;
  tokens: Token[];
  nextToken: number;
  visits: Record<string, number>;
  /** Epoch ms of the latest entry of each step. */
  entered: Record<string, number>;
  /** Arm taken at each split, for the record on the contact. */
  arms: Record<string, string>;
  /** Events kept for `wait-for-event` steps that were not yet reached; each is taken once. */
  inbox: DomainEvent[];
  /** What came while paused, in order. */
  held: EngineEvent[];
  pausedAt?: number;
}
