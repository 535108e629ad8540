import { supportAddresses } from '../../engine/policy/support.ts';
import type { ContactPolicy } from '../../engine/schema/contact-policy.ts';
import { countInbound, findNamesake, isOwnMail } from '../../store/inbound.ts';
import type { InboundMailDoc } from '../../store/models/inbound-mail.ts';
import { addressOf } from '../outbox/message-id.ts';
import { aboutDelivery, loopHeader, machineMade } from './machine.ts';
import type { ReadMail } from './parse.ts';

/** Most mails of one sender that an hour takes into one ticket, or into new ones: people write fewer, machines that answer each other more. */
export const mailsPerHour = 20;

type Verdict = Pick<InboundMailDoc, 'verdict' | 'reason'>;

export interface Case {
  id: string;
  mail: ReadMail;
  /** MAIL FROM, empty for notices of mail servers. */
  envelopeFrom: string;
  thread: string | undefined;
  /** Virtual epoch ms. */
  now: number;
  policy: ContactPolicy;
}

/** What a mail that could be read is, and why. */
export async function judge(of: Case): Promise<Verdict> {
  const { mail } = of;
  const circle = await own(of);
  if (circle !== null) return { verdict: 'loop', reason: circle };
  const machine = machineMade(mail);
  const delivery = aboutDelivery(mail, of.envelopeFrom);
  if (delivery !== null && (delivery.certain || machine === null))
    return { verdict: 'bounce', reason: delivery.reason };
  if (mail.writer === undefined) return { verdict: 'malformed', reason: 'neither From nor Reply-To holds an address' };
  const namesake = mail.messageId === undefined ? null : await findNamesake(mail.messageId, of.id);
  if (namesake !== null) {
    return { verdict: 'duplicate', reason: `the mail ${namesake._id} has the same Message-ID and says something else` };
  }
  // Of what machines write only answers go anywhere.
  if (machine !== null && of.thread === undefined) return { verdict: 'autoreply', reason: machine };
  const since = new Date(of.now - 3_600_000);
  if ((await countInbound(mail.writer.address, of.thread, since)) >= mailsPerHour) {
    return { verdict: 'loop', reason: `more than ${mailsPerHour} mails within an hour from the same sender` };
  }
  if (machine !== null) return { verdict: 'autoreply', reason: machine };
  return {
    verdict: 'ticket',
    reason: of.thread === undefined ? 'a new conversation' : 'it goes on with a conversation',
  };
}

/** Why a mail is one of ours that came back, or null. */
async function own({ mail, policy: { company } }: Case): Promise<string | null> {
  const ours = supportAddresses(company);
  const mark = mail.header(loopHeader.toLowerCase());
  if (mark !== undefined && ours.includes(mark.toLowerCase())) return `${loopHeader}: ${mark}`;
  // A form of the website may write in our name, when its Reply-To names the customer.
  const writer = mail.writer?.address.toLowerCase();
  if (writer !== undefined && [...ours, addressOf(company.from).toLowerCase()].includes(writer)) {
    return `an answer would go to ${writer}, an address of ours`;
  }
  if (mail.messageId === undefined || !(await isOwnMail(mail.messageId))) return null;
  return `Message-ID: ${mail.messageId} is that of a mail of ours`;
}
