import { insertOnce } from '../../store/duplicates.ts';
import { type MessageDoc, Messages } from '../../store/models/message.ts';
import { Outbox, outboxEntry } from '../../store/models/outbox.ts';

/** Puts messages into the outbox, each once: one that is there already stays as it is. */
export async function enqueue(messages: readonly MessageDoc[]): Promise<void> {
  await insertOnce<MessageDoc>(Messages, messages);
  await takePlaces(messages);
}

/**
 * Keys of those that were put into the outbox, whatever became of them. A crash between message and place may have cost
 * one its place: it gets one now, and a place too many is dropped when its turn comes.
 */
export async function enqueued(keys: readonly string[]): Promise<Set<string>> {
  const found = await Messages.find({ _id: { $in: keys } }, { notBefore: 1, queuedAt: 1 }).lean();
  await takePlaces(found);
  return new Set(found.map(({ _id }) => _id));
}

/** Gives messages that are stored their places in the queue. */
export async function takePlaces(messages: readonly Parameters<typeof outboxEntry>[0][]): Promise<void> {
  await insertOnce(Outbox, messages.map(outboxEntry));
}
