import { insertOnce } from '../../store/duplicates.ts';
import { type MessageDoc, Messages } from '../../store/models/message.ts';
import { Outbox } from '../../store/models/outbox.ts';
import { type SentMessageDoc, SentMessages } from '../../store/models/sent-message.ts';

/** What is written into a message that was not simply sent: how it ended, or from when on it may be tried again. */
export interface Mark {
  key: string;
  set: Pick<MessageDoc, 'status' | 'skipReason' | 'error'> & Partial<Pick<MessageDoc, 'attempts' | 'notBefore'>>;
}

/** Writes down that messages were sent, and takes them out of the queue. */
export async function markSent(sent: readonly SentMessageDoc[]): Promise<void> {
  if (sent.length === 0) return;
  await insertOnce<SentMessageDoc>(SentMessages, sent);
  await Outbox.deleteMany({ _id: { $in: sent.map(({ _id }) => _id) } });
}

/** Not one that has bounced already: a relay's refusal may come before its own answer is written down. `unknown` is one whose claim has run out. */
const open = { $in: [null, 'unknown' as const] };

/**
 * One write per distinct mark, not per message. The messages first, then the queue: a place too many is dropped when its
 * turn comes, one too few would lose a message.
 */
export async function writeMarks(marks: readonly Mark[]): Promise<void> {
  const groups = new Map<string, { keys: string[]; set: Mark['set'] }>();
  for (const { key, set } of marks) {
    const name = JSON.stringify(set);
    const group = groups.get(name) ?? { keys: [], set };
    group.keys.push(key);
    groups.set(name, group);
  }
  for (const { keys, set } of groups.values()) {
    await Messages.updateMany({ _id: { $in: keys }, status: open }, { $set: set });
    const { notBefore } = set;
    if (notBefore === undefined) await Outbox.deleteMany({ _id: { $in: keys } });
    else await Outbox.updateMany({ _id: { $in: keys } }, { $set: { notBefore } });
  }
}
