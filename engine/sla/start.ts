import type { ClockState } from '../model/clock.ts';
import type { DomainEvent } from '../model/event.ts';
import type { DefinitionRef } from '../model/state.ts';
import type { TicketView } from '../model/ticket.ts';

/** What instances of this reducer are pinned to: policies are chosen anew by every change, so no version of one is theirs. */
export const clocksDefinition: DefinitionRef = { key: 'sla', version: 1, hash: 'sla' };

export interface StartClocks {
  id: string;
  /** As it was after the trigger. */
  ticket: TicketView;
  /** `ticket.created`; for a ticket that was there before its clocks any other event of it. */
  trigger: DomainEvent;
  /** Epoch ms. */
  now: number;
}

/** The clocks of a ticket that have not begun yet: the first `started` event begins them. */
export function startClocks({ id, ticket, trigger, now }: StartClocks): ClockState {
  return {
    reducer: 'sla',
    id,
    definition: clocksDefinition,
    subject: { kind: 'ticket', id: ticket.id, contactId: ticket.contactId },
    status: 'running',
    startedAt: now,
    trigger,
    lastSeq: trigger.seq,
    lastControl: 0,
    entries: 0,
    ticket,
    at: Math.min(trigger.occurredAt, now),
    answered: trigger.name !== 'ticket.created' && ticket.status !== 'new',
    unansweredSince: null,
    clocks: [],
    ledger: [],
    asked: [],
    incidents: [],
  };
}
