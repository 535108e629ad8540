import type { ClientSession } from 'mongoose';
import { insertAll } from './driver.ts';
import { duplicates } from './duplicates.ts';
import { Intake, type IntakeDoc, type IntakeItem, type StoredIntake } from './models/intake.ts';

/** What items of one request have in common, written once: they were given its id and running numbers. */
interface Alike {
  kind: IntakeItem['kind'];
  source: string;
  bodies: object[];
}

/** A document as it is stored. */
export function toStored(doc: IntakeDoc): StoredIntake {
  return { ...doc, items: JSON.stringify(alike(doc) ?? doc.items) };
}

/** What is to be applied, in order. */
export function itemsOf({ _id, items }: Pick<StoredIntake, '_id' | 'items'>): IntakeItem[] {
  const stored: IntakeItem[] | Alike = JSON.parse(items);
  if (Array.isArray(stored)) return stored;
  const { kind, source, bodies } = stored;
  return bodies.map((body, n) => ({ kind, id: `${_id}.${n}`, body, source }));
}

function alike({ _id, items }: IntakeDoc): Alike | null {
  const [first] = items;
  if (first === undefined) return null;
  const { kind, source } = first;
  const same = items.every((item, n) => item.kind === kind && item.source === source && item.id === `${_id}.${n}`);
  return same ? { kind, source, bodies: items.map(({ body }) => body) } : null;
}

/** The items of a document that were given its id and running numbers. `bodies`: the JSON text of each. */
export function alikeText(kind: IntakeItem['kind'], source: string, bodies: readonly string[]): string {
  return `{"kind":"${kind}","source":${JSON.stringify(source)},"bodies":[${bodies.join(',')}]}`;
}

/** Inserts what is not there yet. @returns the `_id`s of documents that collided with a stored id or idempotency key. */
export async function insertIntake(docs: readonly IntakeDoc[]): Promise<Set<string>> {
  return await insertStored(docs.map(toStored));
}

/** The same with documents that were made ready before. */
export async function insertStored(docs: readonly StoredIntake[]): Promise<Set<string>> {
  try {
    await insertAll(Intake, docs);
    return new Set();
  } catch (error) {
    const refused = duplicates(error);
    if (refused === null) throw error;
    return new Set(refused.map((index) => docs[index]?._id ?? ''));
  }
}

/** Accepts documents together with what else a transaction writes. @throws when one of their ids is there already */
export async function insertWithin(docs: readonly IntakeDoc[], session: ClientSession): Promise<void> {
  await insertAll(Intake, docs.map(toStored), session);
}

/** An accepted request without what it asked for. */
export type IntakeReceipt = Omit<IntakeDoc, 'items'>;

export async function findByIdempotencyKeys(keys: readonly string[]): Promise<IntakeReceipt[]> {
  return await Intake.find({ idempotencyKey: { $in: keys } }, { items: 0 }).lean<IntakeReceipt[]>();
}

/** Whether one of the documents is still to be applied. */
export async function pendingIntake(ids: readonly string[]): Promise<boolean> {
  return (await Intake.exists({ _id: { $in: ids }, status: 'pending' })) !== null;
}

/** What the documents that were refused as a whole were refused for, by `_id`. */
export async function refusedIntake(ids: readonly string[]): Promise<Map<string, IntakeDoc['problems'][number]>> {
  const refused = await Intake.find({ _id: { $in: ids }, status: 'failed' }, { problems: 1 }).lean<IntakeReceipt[]>();
  return new Map(refused.flatMap(({ _id, problems }) => (problems[0] ? [[_id, problems[0]] as const] : [])));
}

/** Lets refused documents be applied once more: somebody may have mended what they were refused for. */
export async function reopenIntake(ids: readonly string[]): Promise<void> {
  await Intake.updateMany(
    { _id: { $in: ids }, status: 'failed' },
    { $set: { status: 'pending', applied: 0, problems: [] } },
  );
}

/** What became of an accepted request, or of one item of it. */
export async function findIntake(id: string): Promise<IntakeReceipt | null> {
  return (await Intake.findById(id, { items: 0 }).lean<IntakeReceipt>()) ?? (await findItem(id));
}

/** An item by its id that was made of its document's and a running number: requests of one event share documents. */
async function findItem(id: string): Promise<IntakeReceipt | null> {
  const [, document, number] = /^(.+)\.(\d+)$/.exec(id) ?? [];
  const doc = document === undefined ? null : await Intake.findById(document).lean<StoredIntake>();
  if (doc === null || itemsOf(doc)[Number(number)]?.id !== id) return null;
  const { items: _, ...receipt } = doc;
  const problems = doc.problems.filter(({ item }) => item === id);
  const applied = doc.applied > Number(number) ? 1 : 0;
  const refused = problems.some(({ kept }) => !kept);
  return { ...receipt, _id: id, applied, status: applied === 0 ? 'pending' : refused ? 'failed' : 'done', problems };
}

/** The oldest documents that are still to be applied, in the order of their acceptance. */
export async function nextIntake(limit: number): Promise<IntakeDoc[]> {
  const stored = await Intake.find({ status: 'pending' }).sort({ receivedAt: 1, _id: 1 }).limit(limit).lean();
  return stored.map((doc): IntakeDoc => ({ ...doc, items: itemsOf(doc) }));
}
