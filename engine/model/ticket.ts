import type { JsonObject } from '../json.ts';

/**
 * `new`: nobody has answered; `open`: somebody of the company must act; `waiting`: for the customer; `on-hold`: for a
 * third party; `resolved`: answered, the customer may come back; `closed`: for good, a later message opens a follow-up.
 */
export const ticketStatuses = ['new', 'open', 'waiting', 'on-hold', 'resolved', 'closed'] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

/** From the least to the most urgent. */
export const ticketPriorities = ['low', 'normal', 'high', 'urgent'] as const;
export type TicketPriority = (typeof ticketPriorities)[number];

export const ticketChannels = ['email', 'form', 'api', 'messenger', 'phone'] as const;
export type TicketChannel = (typeof ticketChannels)[number];

/** The ticket as decisions see it: `ticket` in conditions, and `ticket` in the data of every `ticket.*` event. */
export interface TicketView {
  id: string;
  /** 1, 2, … within the company: what people say and mail subjects carry as `[#12]`. */
  number: number;
  subject: string;
  status: TicketStatus;
  priority: TicketPriority;
  channel: TicketChannel;
  contactId: string;
  /** Key, e.g. `billing`; absent: nobody has said. */
  topic?: string;
  /** Key of the team that works on it. */
  team?: string;
  /** Key of the user who has it. */
  assignee?: string;
  /** Whether the assignee has taken it on (opened, answered, accepted), or it was only given to them. */
  accepted: boolean;
  dealId?: string;
  tags: string[];
  /** How often it was reopened. */
  reopened: number;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** Who did something: the customer, a person of the company, a process instance, or another program by the API. */
export type TicketActor = 'customer' | 'api' | `user:${string}` | `instance:${string}` | 'system';

/**
 * Names of the domain events of a ticket. Each is an event of the ticket's contact; its data hold `ticket` (TicketView after it
 * happened), `by` (TicketActor) and what the table says.
 *
 * | event | also |
 * |---|---|
 * | ticket.created | `message` |
 * | ticket.customer-replied | `message`, `auto` (an autoreply: answers nothing, reopens nothing) |
 * | ticket.agent-replied | `message`: a public reply by a person: the only thing that answers the customer |
 * | ticket.notified | `message`: a public message that a process or program sent: it answers nothing |
 * | ticket.noted | `message`: internal |
 * | ticket.changed | `changes` [{field, from, to}], `why` |
 * | ticket.accepted | the assignee took it on |
 * | ticket.resolved, ticket.closed, ticket.reopened | follow `ticket.changed` |
 * | ticket.merged | `into` (id); the ticket is closed |
 * | ticket.reviewed | policies, calendars or people changed: look again |
 * | sla.warned, sla.breached, sla.met | `target`, `n`, `due` (epoch ms), `point`, `policy`; of the clock |
 * | sla.cancelled | the same; nothing is promised any more, though the ticket is open |
 * | sla.escalated | the same with `escalation` and `count`; starts the steps of an escalation |
 */
export const ticketEvents = [
  'ticket.created',
  'ticket.customer-replied',
  'ticket.agent-replied',
  'ticket.notified',
  'ticket.noted',
  'ticket.changed',
  'ticket.accepted',
  'ticket.resolved',
  'ticket.closed',
  'ticket.reopened',
  'ticket.merged',
  'ticket.reviewed',
] as const;
export type TicketEventName = (typeof ticketEvents)[number];

/** The view as an event's data hold it. */
export function ticketJson(ticket: TicketView): JsonObject {
  return JSON.parse(JSON.stringify(ticket));
}
