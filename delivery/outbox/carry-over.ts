import mongoose from 'mongoose';
import { Claims } from '../../store/models/claim.ts';
import { Messages } from '../../store/models/message.ts';
import { takePlaces } from './enqueue.ts';

const pageSize = 1_000;

/**
 * Moves what an earlier version left waiting into the queue; that version looked for what is due in the messages
 * themselves. What it was sending when it died stays until its claims lapse. Run by several processes at once it does no harm.
 */
export async function carryOver(): Promise<void> {
  const claims = await Claims.find({ holder: { $exists: false } }).lean();
  const claimed = claims.flatMap(({ messages }) => messages);
  for (;;) {
    const waiting = await Messages.find({ status: 'queued', _id: { $nin: claimed } }, { notBefore: 1, queuedAt: 1 })
      .limit(pageSize)
      .lean();
    if (waiting.length === 0) break;
    await takePlaces(waiting);
    const keys = waiting.map(({ _id }) => _id);
    await Messages.updateMany({ _id: { $in: keys }, status: 'queued' }, { $unset: { status: 1 } });
  }
  await dropIndex(Messages, 'status_1_notBefore_1');
  await dropIndex(Claims, 'messages_1');
}

const indexNotFound = 27;

async function dropIndex({ collection }: Pick<typeof Messages | typeof Claims, 'collection'>, name: string) {
  try {
    await collection.dropIndex(name);
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoServerError && error.code === indexNotFound)) throw error;
  }
}
