import { messagesByKey } from './messages.ts';
import { Tickets } from './models/ticket.ts';
import { type TicketMessageDoc, TicketMessages } from './models/ticket-message.ts';
import type { ListCursor, TicketPageRequest } from './ticket-list.ts';

export interface ConversationPage {
  items: TicketMessageDoc[];
  next?: ListCursor;
}

/** What was said in a ticket and in those that were merged into it, newest first. */
export async function conversationOf(ticketId: string, request: TicketPageRequest): Promise<ConversationPage> {
  const { limit, cursor } = request;
  const at = new Date(cursor?.at ?? 0);
  const docs = await TicketMessages.find({
    ticketId: { $in: await withMerged(ticketId) },
    ...(cursor && { $or: [{ at: { $lt: at } }, { at, _id: { $lt: cursor.id } }] }),
  })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .lean<TicketMessageDoc[]>();
  const items = docs.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(docs.length > limit && last && { next: { at: last.at.getTime(), id: last._id } }) };
}

/** How far the outbox came with the messages that carry entries: key → status. */
export async function deliveryOf(entries: readonly TicketMessageDoc[]): Promise<Map<string, string>> {
  const carriers = await messagesByKey(entries.flatMap(({ outbox }) => outbox ?? []));
  return new Map(carriers.map(({ _id, status }) => [_id, status]));
}

/** A ticket's id and those of all that were merged into it, directly or by another. */
async function withMerged(ticketId: string): Promise<string[]> {
  const ids = [ticketId];
  for (let fresh = ids; fresh.length > 0; ) {
    const merged = await Tickets.find({ mergedInto: { $in: fresh } }, { _id: 1 }).lean<{ _id: string }[]>();
    fresh = merged.map(({ _id }) => _id).filter((id) => !ids.includes(id));
    ids.push(...fresh);
  }
  return ids;
}
