import type { SlaTarget } from '../schema/sla.ts';
import type { Effect } from './effects.ts';
import type { EffectError } from './event.ts';
import type { DefinitionRef, InstanceHead } from './state.ts';
import type { TicketPriority, TicketView } from './ticket.ts';

/**
 * `running` and `paused` clocks are open; `met`: kept or not, the promised thing was done; `cancelled`: the promise fell away
 * (no target any more, closed without an answer, merged).
 */
export const clockStatuses = ['running', 'paused', 'met', 'cancelled'] as const;
export type ClockStatus = (typeof clockStatuses)[number];

/** When an escalation comes, in open time of its clock. */
export interface ClockPoint {
  /** Of the escalation. */
  id: string;
  /** As the policy writes it: `75%`, `100%`, `+PT1H`. */
  point: string;
  /** Open milliseconds since the clock began, or since the goal had passed. */
  after: number;
  from: 'start' | 'due';
  /** Open milliseconds from one time to the next, and how often it comes in all. */
  every: number;
  times: number;
}

/** One measured promise of a ticket. All times are epoch milliseconds, all spans milliseconds of open time. */
export interface Clock {
  target: SlaTarget;
  /** 1, 2, … among the ticket's clocks of this target. */
  n: number;
  status: ClockStatus;
  /** Cancelled for want of a promise while the thing is still owed: goes on as soon as something is promised again. */
  lapsed?: true;
  /** How often that was so; absent: never. */
  lapses?: number;
  /** The event that started it. */
  startedAt: number;
  /** What it goes by: set anew by every change of policy, priority or calendar. */
  policy: DefinitionRef;
  /** Absent: every minute counts. The pinned version of the calendar. */
  calendar?: DefinitionRef;
  priority: TicketPriority;
  /** Promised open time. */
  goal: number;
  /** Open time that had passed at `since`, and the instant from which it runs on; null while it stands. */
  consumed: number;
  since: number | null;
  /**
   * First instant by which the goal has passed, in whole seconds; null while it stands, and where the calendar never gets there. A stopped
   * clock keeps the one it had.
   */
  due: number | null;
  /** When the goal had passed for the first time. It stays, whatever changes later give. */
  breachedAt?: number;
  /** Open time that had passed by then: points after the breach count from here, whatever the goal becomes. */
  overrunFrom?: number;
  stoppedAt?: number;
  /** Points of the policy that it goes by, and the instant of the next thing that time alone brings. */
  points: ClockPoint[];
  wake: number | null;
  /** Points of escalation that came: escalation id → how often. Never taken back. */
  fired: Record<string, number>;
  /** How often it was met: more than once where a reopened ticket goes on with it. */
  met: number;
}

export const clockChanges = [
  'started',
  'paused',
  'resumed',
  'recalculated',
  'warned',
  'breached',
  'escalated',
  'met',
  'cancelled',
] as const;

/** Why a clock began to run, stood, went on, was recalculated or stopped: from these lines every due time can be derived. */
export interface ClockEntry {
  at: number;
  target: SlaTarget;
  n: number;
  change: (typeof clockChanges)[number];
  /** Of the clock from then on. */
  status: ClockStatus;
  /** What led to it, in a word or the event's name: `ticket.agent-replied`, `status waiting`, `priority high`, … */
  why: string;
  /** Who, as the event says: TicketActor. */
  by?: string;
  consumed: number;
  goal: number;
  due: number | null;
  /** `key@version`. */
  policy: string;
  calendar?: string;
  /** The escalation. */
  escalation?: string;
}

/** The clocks of one ticket: an instance of the second reducer. */
export interface ClockState extends InstanceHead {
  reducer: 'sla';
  ticket: TicketView;
  /** The policy in force; absent: none matches. */
  policy?: DefinitionRef;
  /** Instant up to which the clocks have been moved: what is told later of an earlier time counts from here. */
  at: number;
  /** Whether somebody has answered at all, and since when a later message of the customer waits; null: none does. */
  answered: boolean;
  unansweredSince: number | null;
  /** All open ones and the latest of each target; of older ones the last few. The timeline has every one. */
  clocks: Clock[];
  /** The latest lines: at least the last one of each clock. The timeline has every one. */
  ledger: ClockEntry[];
  /** Effects that were asked for and not answered yet, and those that failed for good. */
  asked: Effect[];
  incidents: ClockIncident[];
  /** Outcome with which it ends once every effect is answered. */
  ending?: string;
}

/** What could not be done until somebody looks: an effect that failed for good, or a calendar that is not there. */
export interface ClockIncident extends EffectError {
  at: number;
  key: string;
  effect?: Effect;
}
