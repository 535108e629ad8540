import type { TicketView } from '../engine/model/ticket.ts';
import { Clocks, type ClocksDoc } from './models/clock.ts';
import { type TicketDoc, Tickets } from './models/ticket.ts';

/** The ticket as decisions see it. */
export function ticketView(doc: TicketDoc): TicketView {
  return {
    id: doc._id,
    number: doc.number,
    subject: doc.subject,
    status: doc.status,
    priority: doc.priority,
    channel: doc.channel,
    contactId: doc.contactId,
    ...(doc.topic !== undefined && { topic: doc.topic }),
    ...(doc.team !== undefined && { team: doc.team }),
    ...(doc.assignee !== undefined && { assignee: doc.assignee }),
    accepted: doc.accepted,
    ...(doc.dealId !== undefined && { dealId: doc.dealId }),
    tags: doc.tags,
    reopened: doc.reopened,
    createdAt: doc.createdAt.getTime(),
  };
}

export async function findTicket(id: string): Promise<TicketDoc | null> {
  return await Tickets.findById(id).lean<TicketDoc>();
}

/** Tickets by their ids. */
export async function ticketsById(ids: readonly string[]): Promise<TicketDoc[]> {
  return ids.length === 0 ? [] : await Tickets.find({ _id: { $in: ids } }).lean<TicketDoc[]>();
}

/** The clocks of tickets, by ticket id. A ticket that was opened this moment has none yet. */
export async function clocksOf(ids: readonly string[]): Promise<Map<string, ClocksDoc>> {
  const docs = await Clocks.find({ _id: { $in: ids } }).lean<ClocksDoc[]>();
  return new Map(docs.map((doc) => [doc._id, doc]));
}

/** Ids of tickets that are not closed, in order, for walking through them page by page. */
export async function openTicketIds(afterId: string, limit: number): Promise<string[]> {
  const docs = await Tickets.find({ _id: { $gt: afterId }, status: { $ne: 'closed' } }, { _id: 1 })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<{ _id: string }[]>();
  return docs.map(({ _id }) => _id);
}

/** That a ticket, or its clocks, changed. */
interface TicketMark {
  id: string;
  updatedAt: Date;
}

/** Tickets that were written, or whose clocks were, at or after an instant: virtual epoch ms. */
export async function changedTickets(since: number): Promise<TicketMark[]> {
  const filter = { updatedAt: { $gte: new Date(since) } };
  const changed = await Promise.all([
    Tickets.find(filter, { updatedAt: 1 }).lean<{ _id: string; updatedAt: Date }[]>(),
    Clocks.find(filter, { updatedAt: 1 }).lean<{ _id: string; updatedAt: Date }[]>(),
  ]);
  return changed.flat().map(({ _id, updatedAt }) => ({ id: _id, updatedAt }));
}

/** Tickets by the ids asked for; one that was merged is answered by its survivor. Unknown ids are absent. */
export async function ticketViews(ids: readonly string[]): Promise<Map<string, TicketView>> {
  const docs = new Map<string, TicketDoc>();
  const asked = new Set<string>();
  for (let wanted = new Set(ids); wanted.size > 0; ) {
    for (const id of wanted) asked.add(id);
    const found = await Tickets.find({ _id: { $in: [...wanted] } }).lean<TicketDoc[]>();
    for (const doc of found) docs.set(doc._id, doc);
    wanted = new Set(
      found.flatMap(({ mergedInto = '' }) => (mergedInto === '' || asked.has(mergedInto) ? [] : mergedInto)),
    );
  }
  return new Map(
    [...new Set(ids)].flatMap((id): [string, TicketView][] => {
      const survivor = survivorOf(id, docs);
      return survivor === undefined ? [] : [[id, ticketView(survivor)]];
    }),
  );
}

function survivorOf(id: string, docs: ReadonlyMap<string, TicketDoc>): TicketDoc | undefined {
  const seen = new Set<string>();
  for (let doc = docs.get(id); doc !== undefined && !seen.has(doc._id); ) {
    if (doc.mergedInto === undefined) return doc;
    seen.add(doc._id);
    doc = docs.get(doc.mergedInto);
  }
  return undefined;
}
