import type { QueryFilter } from 'mongoose';
import type { Clock } from '../../config/clock.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { Mailbox, type MailboxDoc } from '../../store/models/mailbox.ts';
import type { SmsGateway } from '../channels/handover.ts';

/** The mailbox keeps about this many of the latest messages. */
export const mailboxSize = 1_000;

/** What a list shows. */
type MailboxLine = Omit<MailboxDoc, 'html' | 'source'>;

/** Keeps mails, each once, and lets go of the oldest. @returns the ids, in order */
export async function keepMail(mails: readonly MailboxDoc[]): Promise<string[]> {
  await Mailbox.bulkWrite(
    mails.map(({ _id, ...mail }) => ({ updateOne: { filter: { _id }, update: { $setOnInsert: mail }, upsert: true } })),
    { ordered: false },
  );
  if ((await Mailbox.estimatedDocumentCount()) > 1.2 * mailboxSize) await forgetOldest();
  return mails.map(({ _id }) => _id);
}

async function forgetOldest(): Promise<void> {
  const [last] = await Mailbox.find({}, { receivedAt: 1 })
    .sort(latestFirst)
    .skip(mailboxSize - 1)
    .limit(1)
    .lean();
  if (last) await Mailbox.deleteMany(after(cursorOf(last)));
}

const latestFirst = { receivedAt: -1, _id: -1 } as const;

interface MailboxPage {
  items: MailboxLine[];
  /** Where the next page begins; absent on the last one. */
  next?: string;
}

/** The latest first. @param cursor `next` of the page before @param to a part of the recipient, in any case */
export async function listMailbox({
  limit,
  cursor,
  to,
}: {
  limit: number;
  cursor?: string | undefined;
  to?: string | undefined;
}): Promise<MailboxPage> {
  const filter = {
    ...(cursor !== undefined && after(cursor)),
    ...(to !== undefined && { to: { $regex: to.replace(/[^\p{L}\p{N}]/gu, '\\$&'), $options: 'i' } }),
  };
  const found = await Mailbox.find(filter, { html: 0, source: 0 })
    .sort(latestFirst)
    .limit(limit + 1)
    .lean<MailboxLine[]>();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined || found.length <= limit) return { items };
  return { items, next: cursorOf(last) };
}

function cursorOf({ receivedAt, _id }: Pick<MailboxDoc, 'receivedAt' | '_id'>): string {
  return `${receivedAt.getTime()}_${_id}`;
}

/** Many mails come within one millisecond: the id decides among them. */
function after(cursor: string): QueryFilter<MailboxDoc> {
  const cut = cursor.indexOf('_');
  const receivedAt = new Date(Number(cursor.slice(0, cut)));
  if (cut < 0 || Number.isNaN(receivedAt.getTime())) {
    throw new VoronkaError('VALIDATION_FAILED', 'query.cursor is not one that a page gave: begin without it');
  }
  return { $or: [{ receivedAt: { $lt: receivedAt } }, { receivedAt, _id: { $lt: cursor.slice(cut + 1) } }] };
}

export async function readMailbox(id: string): Promise<MailboxDoc | null> {
  return await Mailbox.findById(id).lean();
}

/** @returns how many messages were thrown away */
export async function clearMailbox(): Promise<number> {
  const { deletedCount } = await Mailbox.deleteMany({});
  return deletedCount;
}

/** Takes SMS where no gateway is configured. */
export function mailboxSms(clock: Clock): SmsGateway {
  return {
    async send({ key, to, text }) {
      const sms = { _id: `sms/${key}`, kind: 'sms' as const, from: '', to: [to], subject: '', text };
      try {
        await keepMail([{ ...sms, receivedAt: new Date(clock.now()) }]);
        return { outcome: 'sent', providerId: sms._id };
      } catch (error) {
        // Kept once however often it is tried, so trying again is safe.
        const message = error instanceof Error ? error.message : String(error);
        return { outcome: 'retry', error: { code: 'MAILBOX', message } };
      }
    },
  };
}
