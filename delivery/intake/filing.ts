import type { ClientSession, mongo } from 'mongoose';
import { collectionOf, type Place } from '../../store/driver.ts';
import { Counters } from '../../store/models/counter.ts';
import { difference } from './difference.ts';
import { Undoable } from './undoable.ts';

/** A document while a batch is applied: a copy that may be written to. */
export interface Filed<D> {
  doc: D;
  /** As it was read; null for a new one. Only what differs from it is written. */
  readonly stored: D | null;
}

interface Kept {
  _id: string;
  updatedAt: Date;
}

/** The documents of one kind in one batch. */
export class Filing<D extends Kept> extends Undoable<Filed<D>> {
  readonly #files = new Map<string, Filed<D>>();

  get files(): Filed<D>[] {
    return [...this.#files.values()];
  }

  byId(id: string): Filed<D> | undefined {
    return this.#files.get(id);
  }

  /** Takes in documents as they were read. */
  hold(docs: readonly D[]): void {
    for (const doc of docs) this.keep({ doc: structuredClone(doc), stored: doc });
  }

  add(doc: D): Filed<D> {
    const file: Filed<D> = { doc, stored: null };
    this.keep(file);
    this.begin(file, () => this.#files.delete(doc._id));
    return file;
  }

  protected override remember(file: Filed<D>): () => void {
    const before = structuredClone(file.doc);
    return () => {
      file.doc = before;
    };
  }

  protected keep(file: Filed<D>): void {
    this.#files.set(file.doc._id, file);
  }
}

/** Those that are numbered 1, 2, … within the company. */
export class NumberedFiling<D extends Kept> extends Filing<D> {
  #lastNumber: number;

  /** @param lastNumber the last number that was given */
  constructor(lastNumber: number) {
    super();
    this.#lastNumber = lastNumber;
  }

  get lastNumber(): number {
    return this.#lastNumber;
  }

  /** The number of the next one: one more than that of the last. */
  nextNumber(): number {
    this.#lastNumber += 1;
    this.whenUndone(() => {
      this.#lastNumber -= 1;
    });
    return this.#lastNumber;
  }
}

/**
 * Writes what differs from the store, in the batch's transaction. Lists and open pages find what is new by `updatedAt`, so it is the
 * time of writing and not that of the deed.
 * @param now virtual epoch ms
 */
export async function writeFiling<D extends Kept>(
  into: Place,
  { files }: Filing<D>,
  now: number,
  session: ClientSession,
): Promise<void> {
  const operations = files.flatMap(({ doc, stored }): mongo.AnyBulkWriteOperation<Kept>[] => {
    const update = stored && difference(stored, doc);
    if (stored !== null && update === null) return [];
    doc.updatedAt = new Date(Math.max(now, doc.updatedAt.getTime() + 1));
    if (update === null) return [{ insertOne: { document: doc } }];
    const { updatedAt } = doc;
    return [{ updateOne: { filter: { _id: doc._id }, update: { ...update, $set: { ...update.$set, updatedAt } } } }];
  });
  if (operations.length > 0)
    await collectionOf<Kept>(into).bulkWrite(operations, { session, ordered: false, ignoreUndefined: true });
}

/** The same, with the last number that was given. @param counter under which the numbers are counted */
export async function writeNumbered<D extends Kept>(
  into: Place,
  counter: string,
  filing: NumberedFiling<D>,
  now: number,
  session: ClientSession,
): Promise<void> {
  await writeFiling(into, filing, now, session);
  if (filing.files.every(({ stored }) => stored !== null)) return;
  await Counters.updateOne({ _id: counter }, { $set: { value: filing.lastNumber } }, { session, upsert: true });
}
