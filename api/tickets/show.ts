import { contactName } from '../../engine/contacts/name.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { survivors } from '../../store/contacts.ts';
import { conversationOf, deliveryOf } from '../../store/conversation.ts';
import type { TicketDoc } from '../../store/models/ticket.ts';
import type { TicketPage } from '../../store/ticket-list.ts';
import { clocksOf, findTicket } from '../../store/tickets.ts';
import { readTimeCursor, timeCursor } from '../time-cursor.ts';
import { messageAnswerOf, ticketAnswerOf } from './answers.ts';

/** @throws VoronkaError NOT_FOUND */
export async function requireTicket(id: string): Promise<TicketDoc> {
  const ticket = await findTicket(id);
  if (ticket === null) throw new VoronkaError('NOT_FOUND', `there is no ticket ${id}`);
  return ticket;
}

/** @throws VoronkaError NOT_FOUND */
export async function showTicket(id: string) {
  const doc = await requireTicket(id);
  const [contacts, clocks] = await Promise.all([survivors([doc.contactId]), clocksOf([id])]);
  return ticketAnswerOf(doc, clocks.get(id), contacts.get(doc.contactId));
}

export async function showList({ items, next }: TicketPage) {
  const [contacts, clocks] = await Promise.all([
    survivors(items.map(({ contactId }) => contactId)),
    clocksOf(items.map(({ _id }) => _id)),
  ]);
  return {
    items: items.map((doc) => {
      const contact = contacts.get(doc.contactId);
      return {
        ...ticketAnswerOf(doc, clocks.get(doc._id), contact),
        ...(contact && { contactName: contactName(contact) }),
      };
    }),
    ...(next && { next: timeCursor(new Date(next.at), next.id) }),
  };
}

/** @throws VoronkaError VALIDATION_FAILED for a cursor of another list */
export async function showConversation(ticketId: string, limit: number, cursor?: string) {
  const place = cursor === undefined ? undefined : readTimeCursor(cursor);
  const { items, next } = await conversationOf(ticketId, { limit, cursor: place });
  const delivery = await deliveryOf(items);
  return {
    items: items.map((entry) => messageAnswerOf(entry, delivery.get(entry.outbox ?? ''))),
    ...(next && { next: timeCursor(new Date(next.at), next.id) }),
  };
}
