import mongoose from 'mongoose';
import { insertAll, type Place } from './driver.ts';

/** Whether a single write failed because its document, or its unique key, was there already (E11000). */
export function isDuplicate(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11000;
}

/**
 * Whether a write failed only for documents that were there already (E11000): of an unordered bulk, everything else was
 * written.
 */
export function onlyDuplicates(error: unknown): boolean {
  return duplicates(error) !== null;
}

/** Inserts what is not there yet; what is there already stays as it is. */
export async function insertOnce<T extends { _id: string }>(into: Place, docs: readonly T[]): Promise<void> {
  try {
    await insertAll(into, docs);
  } catch (error) {
    if (!onlyDuplicates(error)) throw error;
  }
}

/** The places in the bulk of documents that were there already; null when the write failed for another reason. */
export function duplicates(error: unknown): number[] | null {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return null;
  const failures = [error.writeErrors].flat();
  return failures.length > 0 && failures.every(({ code }) => code === 11000)
    ? failures.map(({ index }) => index)
    : null;
}
