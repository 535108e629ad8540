import type { Clock } from '../../config/clock.ts';
import { Mailbox, type MailboxDoc } from '../../store/models/mailbox.ts';
import type { SmsGateway } from '../channels/handover.ts';

/** The mailbox keeps about this many of the latest messages. */
export const mailboxSize = 1_000;

/** What a list shows. */
export type MailboxLine = Omit<MailboxDoc, 'html' | 'source'>;

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
  const [oldest] = await Mailbox.find({}, { receivedAt: 1 }).sort({ receivedAt: -1 }).skip(mailboxSize).limit(1).lean();
  if (oldest) await Mailbox.deleteMany({ receivedAt: { $lte: oldest.receivedAt } });
}

/** The latest first. `before`: only those received earlier than this instant (epoch ms). */
export async function listMailbox({ limit, before }: { limit: number; before?: number }): Promise<MailboxLine[]> {
  return await Mailbox.find(before === undefined ? {} : { receivedAt: { $lt: new Date(before) } }, {
    html: 0,
    source: 0,
  })
    .sort({ receivedAt: -1 })
    .limit(limit)
    .lean();
}

export async function readMailbox(id: string): Promise<MailboxDoc | null> {
  return await Mailbox.findById(id).lean();
}

export async function clearMailbox(): Promise<void> {
  await Mailbox.deleteMany({});
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
