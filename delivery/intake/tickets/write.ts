import type { AnyBulkWriteOperation, ClientSession } from 'mongoose';
import { Counters } from '../../../store/models/counter.ts';
import { type TicketDoc, Tickets } from '../../../store/models/ticket.ts';
import { difference } from '../difference.ts';
import type { Docket } from './docket.ts';

/**
 * Writes what differs from the store, and the last number that was given, in the batch's transaction. Lists and open pages
 * find what is new by `updatedAt`, so it is the time of writing and not that of the deed.
 * @param now virtual epoch ms
 */
export async function writeTickets(docket: Docket, now: number, session: ClientSession): Promise<void> {
  const operations = docket.files.flatMap(({ doc, stored }): AnyBulkWriteOperation<TicketDoc>[] => {
    if (stored !== null && difference(stored, doc) === null) return [];
    doc.updatedAt = new Date(Math.max(now, doc.updatedAt.getTime() + 1));
    if (stored === null) return [{ insertOne: { document: doc } }];
    return [{ updateOne: { filter: { _id: doc._id }, update: difference(stored, doc) ?? {} } }];
  });
  if (operations.length === 0) return;
  await Tickets.bulkWrite(operations, { session, ordered: false });
  if (docket.files.every(({ stored }) => stored !== null)) return;
  await Counters.updateOne({ _id: 'tickets' }, { $set: { value: docket.lastNumber } }, { session, upsert: true });
}
