import { onlyDuplicates } from '../../store/duplicates.ts';
import { type MessageDoc, Messages } from '../../store/models/message.ts';

/** Puts messages into the outbox, each once: one that is there already stays as it is. */
export async function enqueue(messages: readonly MessageDoc[]): Promise<void> {
  if (messages.length === 0) return;
  try {
    await Messages.insertMany([...messages], { ordered: false, lean: true });
  } catch (error) {
    if (!onlyDuplicates(error)) throw error;
  }
}

/** Keys of those that are in the outbox, whatever became of them. */
export async function enqueued(keys: readonly string[]): Promise<Set<string>> {
  const found = await Messages.find({ _id: { $in: keys } }, { _id: 1 }).lean();
  return new Set(found.map(({ _id }) => _id));
}
