import type { Clock, ClockEntry } from '../../engine/model/clock.ts';
import type { ClocksDoc } from '../../store/models/clock.ts';
import type { ContactDoc } from '../../store/models/contact.ts';
import type { TicketDoc } from '../../store/models/ticket.ts';
import type { TicketMessageDoc } from '../../store/models/ticket-message.ts';

/** A ticket as the API shows it, under the contact that has it now. */
export function ticketAnswerOf(doc: TicketDoc, clocks: ClocksDoc | undefined, contact: ContactDoc | undefined) {
  const { _id, references: _, replyTo: __, search: ___, assignments: ____, contactId, ...ticket } = doc;
  return {
    id: _id,
    ...ticket,
    contactId: contact?._id ?? contactId,
    ...(clocks?.due && { due: clocks.due }),
    breached: clocks?.breached ?? false,
    clocks: (clocks?.clocks ?? []).filter(({ status }) => status === 'running' || status === 'paused').map(clockOf),
  };
}

export function clockOf({ target, n, status, startedAt, goal, consumed, since, due, breachedAt, stoppedAt }: Clock) {
  return {
    ...{ target, n, status, goal, consumed },
    startedAt: new Date(startedAt),
    ...times({ since, due, breachedAt, stoppedAt }),
  };
}

export function ledgerLineOf({ at, target, n, change, why, by, consumed, goal, due, policy, ...line }: ClockEntry) {
  const { calendar, escalation } = line;
  return {
    at: new Date(at),
    ...{ target, n, change, why, consumed, goal, policy },
    ...times({ due }),
    ...(by !== undefined && { by }),
    ...(calendar !== undefined && { calendar }),
    ...(escalation !== undefined && { escalation }),
  };
}

/** Epoch ms as dates, without those that are absent or null. */
export function times(given: Record<string, number | null | undefined>): Record<string, Date> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, at]) => (typeof at === 'number' ? [[name, new Date(at)]] : [])),
  );
}

/** `delivery`: how far the outbox came with the message that carries it. */
export function messageAnswerOf(doc: TicketMessageDoc, delivery: string | undefined) {
  const { _id, ticketId: _, contactId: __, messageId: ___, outbox: ____, ...entry } = doc;
  return { id: _id, ...entry, ...(delivery !== undefined && { delivery }) };
}
