import type { Clock } from '../../config/clock.ts';
import type { Logger } from '../../config/log.ts';
import { emailKey } from '../../engine/contacts/normalise.ts';
import type { ContactPolicy } from '../../engine/schema/contact-policy.ts';
import { keepFile } from '../../store/files.ts';
import { findInbound, findThread, keepInbound, ticketOfOwnMails } from '../../store/inbound.ts';
import type { InboundMailDoc } from '../../store/models/inbound-mail.ts';
import { intakeDoc } from '../intake/items.ts';
import { submitIntake } from '../intake/submit.ts';
import { handleBounce } from '../outbox/bounces.ts';
import type { Queues } from '../queues.ts';
import { mailFileId, mailId } from './identity.ts';
import { mailItem, ticketNumber } from './item.ts';
import { judge } from './judge.ts';
import { type ReadMail, readMail } from './parse.ts';

export interface InboundDeps {
  clock: Clock;
  log: Logger;
  queues: Queues;
  /** The company's live contact policy. */
  policy(): Promise<ContactPolicy>;
}

export interface Envelope {
  /** MAIL FROM; empty for notices of mail servers. */
  from: string;
  to: string[];
}

/**
 * Takes a mail in. When it returns, the mail and what follows from it are stored; a mail that comes again, whether the first
 * time ended well or not, is taken once.
 * @throws when the store does not take it: the sender must try again
 */
export async function receiveMail(raw: Buffer, envelope: Envelope, deps: InboundDeps): Promise<InboundMailDoc> {
  const mail = await tryToRead(raw, envelope);
  const id = mailId(raw, 'problem' in mail ? null : { messageId: mail.messageId, from: mail.from?.address });
  const { id: file } = await keepRaw(id, raw);
  const kept = (await findInbound(id)) ?? (await keepInbound(await describe()));
  if (kept.verdict === 'bounce') await handleBounce(raw.toString('latin1'), envelope.to, deps);
  if (kept.item !== undefined && kept.acceptedAt === undefined && !('problem' in mail)) {
    const item = await mailItem(kept.item, mail, { mail: kept, auto: kept.verdict === 'autoreply' });
    await submitIntake(deps.queues.intake, [intakeDoc(kept.item, [item], kept.receivedAt.getTime())]);
  }
  return kept;

  async function describe(): Promise<InboundMailDoc> {
    const now = deps.clock.now();
    const arrival = { _id: id, to: envelope.to, raw: file, size: raw.length, receivedAt: new Date(now) };
    if ('problem' in mail) return { ...arrival, verdict: 'malformed', reason: mail.problem, subject: '' };
    const { subject, messageId, writer, references } = mail;
    const answered = await ticketOfOwnMails(references);
    const thread = answered ?? (await findThread(references, ticketNumber(subject)));
    const policy = await deps.policy();
    const judged = await judge({ id, mail, envelopeFrom: envelope.from, thread, now, policy });
    // What a machine wrote goes nowhere but into the conversation that it answers.
    const carried = judged.verdict === 'ticket' || (judged.verdict === 'autoreply' && thread !== undefined);
    return {
      ...arrival,
      ...judged,
      subject,
      ...(writer !== undefined && { from: writer.address }),
      ...(messageId !== undefined && { messageId }),
      ...(thread !== undefined && { thread }),
      ...(carried && { item: `mail-${id}` }),
    };
  }
}

/** A mail that names nobody was written by whoever its envelope names. */
async function tryToRead(raw: Buffer, envelope: Envelope): Promise<ReadMail | { problem: string }> {
  try {
    const mail = await readMail(raw);
    if (mail.writer !== undefined || emailKey(envelope.from) === null) return mail;
    return { ...mail, writer: { address: envelope.from, name: '' } };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function keepRaw(id: string, raw: Buffer) {
  return await keepFile({ id: mailFileId(id, 'raw'), name: 'mail.eml', type: 'message/rfc822' }, raw);
}
