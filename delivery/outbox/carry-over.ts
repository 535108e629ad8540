import { Messages } from '../../store/models/message.ts';
import { takePlaces } from './enqueue.ts';

/** Of earlier versions, which looked for what is due in the messages themselves. */
const oldIndex = 'status_1_notBefore_1';
const pageSize = 1_000;

/** Moves what an earlier version left waiting into the queue. Run by several processes at once it does no harm. */
export async function carryOver(): Promise<void> {
  for (;;) {
    const waiting = await Messages.find({ status: 'queued' }, { notBefore: 1, queuedAt: 1 }).limit(pageSize).lean();
    if (waiting.length === 0) break;
    await takePlaces(waiting);
    const keys = waiting.map(({ _id }) => _id);
    await Messages.updateMany({ _id: { $in: keys }, status: 'queued' }, { $unset: { status: 1 } });
  }
  const indexes = await Messages.collection.indexes();
  if (indexes.some(({ name }) => name === oldIndex)) await Messages.collection.dropIndex(oldIndex);
}
