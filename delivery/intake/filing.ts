import type { AnyBulkWriteOperation, ClientSession, Model } from 'mongoose';
import { Counters } from '../../store/models/counter.ts';
import { difference } from './difference.ts';
import { Undoable } from './undoable.ts';

/** A document while a batch is applied: a copy that may be written to. */
export interface Filed<D> {
  doc: D;
  /** As it was read; null for a new one. Only what differs from it is written. */
  readonly stored: D | null;
}

interface Numbered {
  _id: string;
  updatedAt: Date;
}

/** The numbered documents of one kind in one batch. */
export class Filing<D extends Numbered> extends Undoable<Filed<D>> {
  readonly #files = new Map<string, Filed<D>>();
  #lastNumber: number;

  /** @param lastNumber the last number that was given */
  constructor(lastNumber: number) {
    super();
    this.#lastNumber = lastNumber;
  }

  get files(): Filed<D>[] {
    return [...this.#files.values()];
  }

  get lastNumber(): number {
    return this.#lastNumber;
  }

  byId(id: string): Filed<D> | undefined {
    return this.#files.get(id);
  }

  /** The number of the next one: one more than that of the last. */
  nextNumber(): number {
    this.#lastNumber += 1;
    this.whenUndone(() => {
      this.#lastNumber -= 1;
    });
    return this.#lastNumber;
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

/**
 * Writes what differs from the store, and the last number that was given, in the batch's transaction. Lists and open pages
 * find what is new by `updatedAt`, so it is the time of writing and not that of the deed.
 * @param counter under which the numbers are counted
 * @param now virtual epoch ms
 */
export async function writeFiling<D extends Numbered>(
  into: Model<D>,
  counter: string,
  { files, lastNumber }: Filing<D>,
  now: number,
  session: ClientSession,
): Promise<void> {
  const operations = files.flatMap(({ doc, stored }): AnyBulkWriteOperation<Numbered>[] => {
    const update = stored && difference(stored, doc);
    if (stored !== null && update === null) return [];
    doc.updatedAt = new Date(Math.max(now, doc.updatedAt.getTime() + 1));
    if (update === null) return [{ insertOne: { document: doc } }];
    const { updatedAt } = doc;
    return [{ updateOne: { filter: { _id: doc._id }, update: { ...update, $set: { ...update.$set, updatedAt } } } }];
  });
  if (operations.length === 0) return;
  await into.bulkWrite(operations, { session, ordered: false });
  if (files.every(({ stored }) => stored !== null)) return;
  await Counters.updateOne({ _id: counter }, { $set: { value: lastNumber } }, { session, upsert: true });
}
