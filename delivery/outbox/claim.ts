import { collectionOf } from '../../store/driver.ts';
import { duplicates } from '../../store/duplicates.ts';
import { newId } from '../../store/id.ts';
import { type MessageView, messagesByKey } from '../../store/messages.ts';
import { type ClaimDoc, Claims } from '../../store/models/claim.ts';
import { Messages } from '../../store/models/message.ts';
import { Outbox } from '../../store/models/outbox.ts';
import { SentMessages } from '../../store/models/sent-message.ts';
import { byBucket } from './groups.ts';

/**
 * How long a claim is believed, in real milliseconds: longer than any attempt can take. What is still claimed after it
 * was left behind by a crash.
 */
const leaseMs = 300_000;

/** Messages that this process alone is sending. */
export interface Claim {
  holder: string;
  buckets: readonly string[];
  keys: readonly string[];
}

/** Keys of messages whose time has come, the longest waiting first. @param now virtual epoch ms */
export async function dueKeys(now: number, limit: number): Promise<string[]> {
  const due = await Outbox.find({ notBefore: { $lte: new Date(now) } }, { _id: 1 })
    .sort({ notBefore: 1 })
    .limit(limit)
    .lean();
  return due.map(({ _id }) => _id);
}

/**
 * Takes those of these messages in whose buckets nobody else is at work; the rest is left to them, and to the next sweep.
 * Whether a message still waits is to be read after.
 * @returns null when others are at work in all of them
 */
export async function claimMessages(keys: readonly string[]): Promise<Claim | null> {
  const holder = newId();
  const leaseUntil = new Date(Date.now() + leaseMs);
  const claims = [...byBucket(keys)].map(([_id, messages]) => ({ _id, holder, messages, leaseUntil }));
  const held = await insert(claims);
  if (held.length === 0) return null;
  return { holder, buckets: held.map(({ _id }) => _id), keys: held.flatMap(({ messages }) => messages) };
}

/** @returns those that were not there yet */
async function insert(claims: ClaimDoc[]): Promise<ClaimDoc[]> {
  try {
    await collectionOf<ClaimDoc>(Claims).insertMany(claims, { ordered: false });
    return claims;
  } catch (error) {
    const refused = duplicates(error);
    if (refused === null) throw error;
    return claims.filter((_, index) => !refused.includes(index));
  }
}

/**
 * What is still due of a claim: between the look for keys and the claim somebody else may have sent it. What is over and
 * has kept its place in the queue, because a crash came between the two, loses it.
 */
export async function readClaimed({ keys }: Claim, now: number): Promise<MessageView[]> {
  const waiting = (await messagesByKey(keys)).filter(({ status }) => status === 'queued');
  if (waiting.length < keys.length) {
    const left = new Set(waiting.map(({ _id }) => _id));
    await Outbox.deleteMany({ _id: { $in: keys.filter((key) => !left.has(key)) } });
  }
  return waiting.filter(({ notBefore }) => notBefore.getTime() <= now);
}

/** Lets go of messages whose outcome is stored, or of which none was handed over. */
export async function release({ holder, buckets }: Claim): Promise<void> {
  await Claims.deleteMany({ _id: { $in: buckets }, holder });
}

/**
 * Marks what crashed consumers left behind: it may have left, so nobody sends it again. That includes what was to be
 * tried again when the crash came after its mark: it errs on the side of silence.
 * @returns how many
 */
export async function giveUpLapsed(): Promise<number> {
  const before = { leaseUntil: { $lt: new Date() } };
  const lapsed = await Claims.find(before).lean();
  let unknown = 0;
  for (const { _id, messages } of lapsed) {
    const sent = await SentMessages.find({ _id: { $in: messages } }, { _id: 1 }).lean();
    const known = new Set(sent.map((message) => message._id));
    const { modifiedCount } = await Messages.updateMany(
      { _id: { $in: messages.filter((key) => !known.has(key)) }, status: { $in: [null, 'queued'] } },
      {
        $set: {
          status: 'unknown',
          error: {
            code: 'DELIVERY_UNKNOWN',
            message: 'the process that was sending it ended before it could say how it went',
          },
        },
      },
    );
    await Outbox.deleteMany({ _id: { $in: messages } });
    await Claims.deleteOne({ _id, ...before });
    unknown += modifiedCount;
  }
  return unknown;
}
