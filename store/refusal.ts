import mongoose from 'mongoose';

/** Whether the store will answer the same for ever, as against being away or busy for the moment. */
export function isRefusal(error: unknown): boolean {
  const { MongoError, MongoInvalidArgumentError, MongoServerError, BSON } = mongoose.mongo;
  if (error instanceof mongoose.Error || error instanceof BSON.BSONError || error instanceof RangeError) return true;
  if (error instanceof MongoInvalidArgumentError) return true;
  if (!(error instanceof MongoError) || passingLabels.some((label) => error.hasErrorLabel(label))) return false;
  return error instanceof MongoServerError && typeof error.code === 'number' && !passingCodes.has(error.code);
}

const passingLabels = ['TransientTransactionError', 'UnknownTransactionCommitResult', 'RetryableWriteError'];
/** Codes of errors that pass: not primary, shutdown, interrupted, stepped down, out of time. */
const passingCodes = new Set([6, 7, 50, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
