import mongoose from 'mongoose';

/**
 * Whether a write failed only for documents that were there already (E11000): of an unordered bulk, everything else was
 * written.
 */
export function onlyDuplicates(error: unknown): boolean {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return false;
  const failures = [error.writeErrors].flat();
  return failures.length > 0 && failures.every(({ code }) => code === 11000);
}
