import type { SlaTarget } from '../schema/sla.ts';
import type { EffectError } from './event.ts';
import type { DefinitionRef, InstanceHead } from './state.ts';
import type { TicketPriority, TicketView } from './ticket.ts';

/** One measured promise of a ticket. All times are epoch milliseconds, all spans milliseconds of open time. */
export interface Clock {
  target: SlaTarget;
  /** 1, 2, … among the ticket's clocks of this target. */
  n: number;
  /** `running` and `paused` clocks are open; `cancelled`: the promise fell away (no target any more, merged). */
  status: 'running' | 'paused' | 'met' | 'cancelled';
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
  /** First instant by which the goal has passed; null while it stands, and where the calendar never gets there. */
  due: number | null;
  breachedAt?: number;
  stoppedAt?: number;
  /** Points of escalation that came: escalation id → how often. Never taken back. */
  fired: Record<string, number>;
}

/** Why a clock began to run, stood, went on, was recalculated or stopped: from these lines every due time can be derived. */
export interface ClockEntry {
  at: number;
  target: SlaTarget;
  n: number;
  change: 'started' | 'paused' | 'resumed' | 'recalculated' | 'warned' | 'breached' | 'escalated' | 'met' | 'cancelled';
  /** What led to it, in a word or the event's name: `ticket.agent-replied`, `status waiting`, `priority high`, … */
  why: string;
  /** Who, as the event says: TicketActor. */
  by?: string;
  consumed: number;
  goal: number;
  due: number | null;
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
  clocks: Clock[];
  ledger: ClockEntry[];
  /** Effects that were asked for and not answered yet, and those that failed for good. */
  asked: string[];
  incidents: (EffectError & { at: number; key: string })[];
}
