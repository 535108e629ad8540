import mongoose from 'mongoose';
import { Decisions } from './models/decision.ts';
import { Deliveries } from './models/delivery.ts';
import { Hits } from './models/hit.ts';
import { Instances } from './models/instance.ts';
import { Intake } from './models/intake.ts';
import { Journal } from './models/journal.ts';
import { Mailbox } from './models/mailbox.ts';
import { EffectReceipts } from './models/record.ts';
import { parts } from './parts.ts';

/** What is read of a document before it is let go. */
interface Candidate {
  _id: string;
  /** Of decisions and journal documents. */
  instances?: string[];
}

/** One kind of document that is let go with age. */
interface Kind {
  collection: string;
  /** The indexed field that says how old it is. */
  time: string;
  /** Only documents like these, looked at once more at the moment of removal. */
  only?: object;
  /** Instances that keep it until they have been over for as long themselves. */
  heldBy?: (candidate: Candidate) => string[];
}

/**
 * Bookkeeping that has done its work, and the details of journeys that are over. What decisions read of the past is not
 * here and stays: contacts, events, scores, instances, messages, consents, merges, tasks.
 */
const kinds: readonly Kind[] = [
  // A step that is tried again finds its effect by the document of its key, for as long as its instance lives.
  {
    collection: Intake.collection.collectionName,
    time: 'receivedAt',
    only: { status: { $in: ['done', 'failed'] } },
    heldBy: byKey,
  },
  {
    collection: Deliveries.collection.collectionName,
    time: 'createdAt',
    only: { status: { $in: ['sent', 'dropped'] } },
  },
  // The last ones of workflows that are over; the others let go of theirs.
  { collection: Decisions.collection.collectionName, time: 'at', heldBy: ({ instances = [] }) => instances },
  { collection: Journal.collection.collectionName, time: 'at', heldBy: ({ instances = [] }) => instances },
  { collection: EffectReceipts.collection.collectionName, time: 'at', heldBy: byKey },
  { collection: Hits.collection.collectionName, time: 'at' },
  { collection: Mailbox.collection.collectionName, time: 'receivedAt' },
];

const pageSize = 200;

/** The instance of an effect key, `instance/step/visit`; any other id names none. */
function byKey({ _id }: Candidate): string[] {
  return _id.split('/', 1);
}

/**
 * Removes what is older than `before`, the oldest first, and of each kind about `most` documents at a time. Stopped
 * anywhere, or run twice at once, it has removed nothing that should have stayed.
 * @returns whether that was all
 */
export async function removeOlder(before: Date, most: number): Promise<boolean> {
  let all = true;
  for (const kind of kinds) if (!(await removeKind(kind, before, most))) all = false;
  return all;
}

async function removeKind(kind: Kind, before: Date, most: number): Promise<boolean> {
  let removed = 0;
  let page: Candidate[] = [];
  const old = collectionOf(kind)
    .find({ [kind.time]: { $lt: before }, ...kind.only }, { projection: { instances: 1 } })
    .sort({ [kind.time]: 1 });
  for await (const candidate of old) {
    if (removed >= most) return false;
    page.push(candidate);
    if (page.length < pageSize) continue;
    removed += await removePage(kind, page, before);
    page = [];
  }
  await removePage(kind, page, before);
  return true;
}

async function removePage(kind: Kind, page: readonly Candidate[], before: Date): Promise<number> {
  const { heldBy } = kind;
  const holders = heldBy === undefined ? new Set() : await alive(page.flatMap(heldBy), before);
  const free = page.filter((candidate) => !heldBy?.(candidate).some((id) => holders.has(id)));
  if (free.length === 0) return 0;
  const { deletedCount } = await collectionOf(kind).deleteMany({
    _id: { $in: free.map(({ _id }) => _id) },
    ...kind.only,
  });
  return deletedCount;
}

/** Those that go on, or have ended since. */
async function alive(ids: readonly string[], before: Date): Promise<Set<string>> {
  const kept = new Set<string>();
  for (const part of parts([...new Set(ids)])) {
    const instances = await Instances.find({ _id: { $in: part } }, { status: 1, endedAt: 1 }).lean();
    for (const { _id, status, endedAt = before } of instances) {
      if (status !== 'ended' || endedAt >= before) kept.add(_id);
    }
  }
  return kept;
}

function collectionOf({ collection }: Kind): mongoose.mongo.Collection<Candidate> {
  return mongoose.connection.collection<Candidate>(collection);
}
