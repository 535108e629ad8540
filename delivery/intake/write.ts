import mongoose, { type AnyBulkWriteOperation, type ClientSession } from 'mongoose';
import { collectionOf, insertAll } from '../../store/driver.ts';
import { keepLastSeq } from '../../store/events.ts';
import { fence, type Lease } from '../../store/leases.ts';
import { Cohorts } from '../../store/models/cohort.ts';
import { type ContactDoc, Contacts } from '../../store/models/contact.ts';
import { Deliveries } from '../../store/models/delivery.ts';
import { Events } from '../../store/models/event.ts';
import { Instances } from '../../store/models/instance.ts';
import { Intake, type IntakeDoc } from '../../store/models/intake.ts';
import { ScoreEntries } from '../../store/models/ledger.ts';
import { Messages } from '../../store/models/message.ts';
import { Outbox, outboxEntry } from '../../store/models/outbox.ts';
import { type ContactRecordDoc, ContactRecords, Notifications } from '../../store/models/record.ts';
import { TicketMessages } from '../../store/models/ticket-message.ts';
import { type Books, writeBooks } from './books.ts';
import { intoCohorts } from './cohorts.ts';
import { difference } from './difference.ts';
import type { Ledger } from './ledger.ts';
import type { Person } from './person.ts';

/** How far a document has come. */
export interface Progress {
  doc: IntakeDoc;
  applied: number;
  problems: IntakeDoc['problems'];
}

/** What a batch has worked on: of it only what differs from the store is written. */
export interface Changed {
  people: readonly Person[];
  books?: Books;
  /** The `seq` of the last event. */
  lastSeq?: number;
  /** Virtual epoch ms of the writing. */
  now: number;
}

/** How long a batch may take before another consumer takes over. Real milliseconds. */
export const leaseMs = 20_000;

/**
 * Writes a batch in one transaction, fenced by the lease: either all of it is there, with the documents marked, or
 * nothing. The driver repeats it on conflicts.
 * @throws LeaseLost when another consumer has taken over
 */
export async function writeBatch(
  { people, books, lastSeq, now }: Changed,
  ledger: Ledger,
  progress: readonly Progress[],
  lease: Lease,
): Promise<void> {
  await mongoose.connection.withSession((session) =>
    session.withTransaction(async () => {
      await fence(lease, leaseMs, session);
      await writeContacts(people, session);
      if (books !== undefined) await writeBooks(books, now, session);
      await insertAll(Events, ledger.events, session);
      if (lastSeq !== undefined && ledger.events.length > 0) await keepLastSeq(lastSeq, session);
      await insertAll(ScoreEntries, ledger.scores, session);
      await insertAll(ContactRecords, ledger.records, session);
      await insertOnce(ledger.failures, session);
      const { instances, cohorts } = intoCohorts(ledger.instances);
      await insertAll(Instances, instances, session);
      await insertAll(Cohorts, cohorts, session);
      await insertAll(Deliveries, ledger.deliveries, session);
      await insertAll(TicketMessages, ledger.conversation, session);
      await insertAll(Messages, ledger.messages, session);
      await insertAll(Outbox, ledger.messages.map(outboxEntry), session);
      await insertAll(Notifications, ledger.notifications, session);
      await Intake.bulkWrite(markers(progress), { session, ordered: false });
    }),
  );
}

/** What is there already stays as it is. */
async function insertOnce(records: readonly ContactRecordDoc[], session: ClientSession): Promise<void> {
  if (records.length === 0) return;
  const operations = records.map(({ _id, ...record }) => ({
    updateOne: { filter: { _id }, update: { $setOnInsert: record }, upsert: true },
  }));
  await ContactRecords.bulkWrite(operations, { session, ordered: true });
}

async function writeContacts(people: readonly Person[], session: ClientSession): Promise<void> {
  // Keys are given up before they are taken: a merge moves them from one document to another.
  const releases = people.flatMap(({ doc, stored }) => {
    const lost = (['emailKey', 'phoneKey'] as const).filter(
      (key) => stored?.[key] !== undefined && stored[key] !== doc[key],
    );
    return lost.length > 0 ? [updateOne(doc._id, { $unset: Object.fromEntries(lost.map((key) => [key, 1])) })] : [];
  });
  const writes = people.flatMap(({ doc, stored }): mongoose.mongo.AnyBulkWriteOperation<ContactDoc>[] => {
    if (stored === null) return [{ insertOne: { document: doc } }];
    const update = difference(stored, doc);
    return update === null ? [] : [updateOne(doc._id, update)];
  });
  const operations = [...releases, ...writes];
  if (operations.length > 0)
    await collectionOf<ContactDoc>(Contacts).bulkWrite(operations, { session, ordered: true, ignoreUndefined: true });
}

function updateOne(_id: string, update: object): mongoose.mongo.AnyBulkWriteOperation<ContactDoc> {
  return { updateOne: { filter: { _id }, update } };
}

/** Documents that went smoothly are marked together, the others one by one. */
function markers(progress: readonly Progress[]): AnyBulkWriteOperation<IntakeDoc>[] {
  const smooth = new Map<number, string[]>();
  const operations: AnyBulkWriteOperation<IntakeDoc>[] = [];
  for (const { doc, applied, problems } of progress) {
    if (problems.length === 0 && applied === doc.items.length) {
      smooth.set(applied, [...(smooth.get(applied) ?? []), doc._id]);
      continue;
    }
    const refused = [...doc.problems, ...problems].filter(({ kept }) => !kept).length;
    const status = applied < doc.items.length ? 'pending' : refused >= doc.items.length ? 'failed' : 'done';
    const update = { $set: { applied, status }, $push: { problems: { $each: problems } } };
    operations.push({ updateOne: { filter: { _id: doc._id }, update } });
  }
  for (const [applied, ids] of smooth) {
    operations.push({ updateMany: { filter: { _id: { $in: ids } }, update: { $set: { applied, status: 'done' } } } });
  }
  return operations;
}
