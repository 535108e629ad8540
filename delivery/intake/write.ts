import { isDeepStrictEqual } from 'node:util';
import mongoose, { type AnyBulkWriteOperation, type ClientSession } from 'mongoose';
import { fence, type Lease } from '../../store/leases.ts';
import { type ContactDoc, Contacts } from '../../store/models/contact.ts';
import { Deliveries } from '../../store/models/delivery.ts';
import { Events } from '../../store/models/event.ts';
import { Instances } from '../../store/models/instance.ts';
import { Intake, type IntakeDoc } from '../../store/models/intake.ts';
import { ScoreEntries } from '../../store/models/ledger.ts';
import { type ContactRecordDoc, ContactRecords } from '../../store/models/record.ts';
import type { Ledger } from './ledger.ts';
import type { Person } from './person.ts';

/** How far a document has come. */
export interface Progress {
  doc: IntakeDoc;
  applied: number;
  problems: IntakeDoc['problems'];
}

/** How long a batch may take before another consumer takes over. Real milliseconds. */
export const leaseMs = 20_000;

/**
 * Writes a batch in one transaction, fenced by the lease: either all of it is there, with the documents marked, or
 * nothing. The driver repeats it on conflicts.
 * @throws LeaseLost when another consumer has taken over
 */
export async function writeBatch(
  people: readonly Person[],
  ledger: Ledger,
  progress: readonly Progress[],
  lease: Lease,
): Promise<void> {
  await mongoose.connection.withSession((session) =>
    session.withTransaction(async () => {
      await fence(lease, leaseMs, session);
      await writeContacts(people, session);
      await insert(Events, ledger.events, session);
      await insert(ScoreEntries, ledger.scores, session);
      await insert(ContactRecords, ledger.records, session);
      await insertOnce(ledger.failures, session);
      await insert(Instances, ledger.instances, session);
      await insert(Deliveries, ledger.deliveries, session);
      await Intake.bulkWrite(markers(progress), { session, ordered: false });
    }),
  );
}

interface Inserts<T> {
  bulkWrite(
    operations: { insertOne: { document: T } }[],
    options: { session: ClientSession; ordered: false },
  ): Promise<unknown>;
}

async function insert<T>(model: Inserts<T>, docs: readonly T[], session: ClientSession): Promise<void> {
  if (docs.length === 0) return;
  const operations = docs.map((document) => ({ insertOne: { document } }));
  await model.bulkWrite(operations, { session, ordered: false });
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
  const writes = people.flatMap(({ doc, stored }): AnyBulkWriteOperation<ContactDoc>[] => {
    if (stored === null) return [{ insertOne: { document: doc } }];
    const update = difference(stored, doc);
    return update === null ? [] : [updateOne(doc._id, update)];
  });
  const operations = [...releases, ...writes];
  if (operations.length > 0) await Contacts.bulkWrite(operations, { session, ordered: true });
}

function updateOne(_id: string, update: object): AnyBulkWriteOperation<ContactDoc> {
  return { updateOne: { filter: { _id }, update } };
}

/** Only the fields that differ, so that a field which somebody else wrote meanwhile stays. Null: nothing differs. */
function difference(before: ContactDoc, after: ContactDoc): object | null {
  const set: Record<string, unknown> = {};
  const unset: Record<string, 1> = {};
  const old = new Map<string, unknown>(Object.entries(before));
  const fresh = new Map<string, unknown>(Object.entries(after));
  for (const [field, value] of fresh) if (!isDeepStrictEqual(value, old.get(field))) set[field] = value;
  for (const field of old.keys()) if (!fresh.has(field)) unset[field] = 1;
  const update = {
    ...(Object.keys(set).length > 0 && { $set: set }),
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
  };
  return Object.keys(update).length > 0 ? update : null;
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
    const all = doc.problems.length + problems.length;
    const status = applied < doc.items.length ? 'pending' : all >= doc.items.length ? 'failed' : 'done';
    const update = { $set: { applied, status }, $push: { problems: { $each: problems } } };
    operations.push({ updateOne: { filter: { _id: doc._id }, update } });
  }
  for (const [applied, ids] of smooth) {
    operations.push({ updateMany: { filter: { _id: { $in: ids } }, update: { $set: { applied, status: 'done' } } } });
  }
  return operations;
}
