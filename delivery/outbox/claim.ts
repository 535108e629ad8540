import mongoose from 'mongoose';
import { newId } from '../../store/id.ts';
import { type MessageView, messagesByKey } from '../../store/messages.ts';
import { Claims } from '../../store/models/claim.ts';
import { Messages } from '../../store/models/message.ts';
import { Outbox } from '../../store/models/outbox.ts';
import { SentMessages } from '../../store/models/sent-message.ts';

/**
 * How long a claim is believed, in real milliseconds: longer than any attempt can take. What is still claimed after it
 * was left behind by a crash.
 */
const leaseMs = 300_000;

/** Others let go of messages all the time: who lost so often leaves the rest to them, and to the next sweep. */
const maxTries = 5;

/** Messages that this process alone is sending. */
export interface Claim {
  id: string;
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
 * Takes those of these messages that nobody else has. A claim is stored whole or not at all, and never beside another
 * one with a message of it, so two consumers never hold the same message. Whether it is still queued is to be read after.
 * @returns null when others have all of them
 */
export async function claimMessages(keys: readonly string[]): Promise<Claim | null> {
  let open = keys;
  for (let attempt = 0; open.length > 0 && attempt < maxTries; attempt++) {
    const id = newId();
    if (await store(id, open)) return { id, keys: open };
    const others = await Claims.find({ messages: { $in: open } }, { messages: 1 }).lean();
    const taken = new Set(others.flatMap(({ messages }) => messages));
    open = open.filter((key) => !taken.has(key));
  }
  return null;
}

async function store(id: string, keys: readonly string[]): Promise<boolean> {
  try {
    await Claims.insertMany([{ _id: id, messages: [...keys], leaseUntil: new Date(Date.now() + leaseMs) }], {
      lean: true,
    });
    return true;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return false;
    throw error;
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
export async function release({ id }: Claim): Promise<void> {
  await Claims.deleteOne({ _id: id });
}

/**
 * Marks what crashed consumers left behind: it may have left, so nobody sends it again. That includes what was to be
 * tried again when the crash came after its mark: it errs on the side of silence.
 * @returns how many
 */
export async function giveUpLapsed(): Promise<number> {
  const lapsed = await Claims.find({ leaseUntil: { $lt: new Date() } }).lean();
  let unknown = 0;
  for (const { _id, messages } of lapsed) {
    const sent = await SentMessages.find({ _id: { $in: messages } }, { _id: 1 }).lean();
    const known = new Set(sent.map((message) => message._id));
    const { modifiedCount } = await Messages.updateMany(
      { _id: { $in: messages.filter((key) => !known.has(key)) }, status: { $exists: false } },
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
    await Claims.deleteOne({ _id });
    unknown += modifiedCount;
  }
  return unknown;
}
