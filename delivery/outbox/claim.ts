import { newId } from '../../store/id.ts';
import { type MessageDoc, Messages } from '../../store/models/message.ts';

/**
 * How long a claim is believed, in real milliseconds: longer than any attempt can take. What is still `sending` after it
 * was left behind by a crash.
 */
const leaseMs = 300_000;

/** A message that this process alone is sending. */
export interface Claimed {
  claim: string;
  messages: MessageDoc[];
}

/** Messages whose time has come, the longest waiting first. @param now virtual epoch ms */
export async function dueMessages(now: number, limit: number): Promise<MessageDoc[]> {
  return await Messages.find({ status: 'queued', notBefore: { $lte: new Date(now) } })
    .sort({ notBefore: 1 })
    .limit(limit)
    .lean();
}

/**
 * Takes what is still queued of these. Each document changes hands in one atomic step, so two consumers never hold the
 * same message.
 */
export async function claimMessages(candidates: readonly MessageDoc[]): Promise<Claimed> {
  const claim = newId();
  const ids = candidates.map(({ _id }) => _id);
  const { modifiedCount } = await Messages.updateMany(
    { _id: { $in: ids }, status: 'queued' },
    { $set: { status: 'sending', claim, leaseUntil: new Date(Date.now() + leaseMs) } },
  );
  if (modifiedCount === candidates.length) return { claim, messages: [...candidates] };
  if (modifiedCount === 0) return { claim, messages: [] };
  const mine = await Messages.find({ _id: { $in: ids }, claim }, { _id: 1 }).lean();
  const won = new Set(mine.map(({ _id }) => _id));
  return { claim, messages: candidates.filter(({ _id }) => won.has(_id)) };
}

/** Marks what crashed consumers left behind: it may have left, so nobody sends it again. @returns how many */
export async function giveUpLapsed(): Promise<number> {
  const { modifiedCount } = await Messages.updateMany(
    { status: 'sending', leaseUntil: { $lt: new Date() } },
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
  return modifiedCount;
}
