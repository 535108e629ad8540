import { supportAddresses } from '../../../engine/policy/support.ts';
import type { ContactPolicy } from '../../../engine/schema/contact-policy.ts';
import type { ContactDoc } from '../../../store/models/contact.ts';
import type { MessageDoc } from '../../../store/models/message.ts';
import type { TicketDoc } from '../../../store/models/ticket.ts';
import type { TicketMessageDoc } from '../../../store/models/ticket-message.ts';
import { messageIdOf } from '../../outbox/message-id.ts';

/** What a reply needs beside itself to find its way. */
export interface Way {
  ticket: TicketDoc;
  contact: ContactDoc;
  company: ContactPolicy['company'];
}

/** Most message ids in the References of a mail: the newest find the conversation. */
const maxReferences = 20;

/**
 * The outbox message that carries a public entry of the company's to the customer; null where no channel reaches them.
 * Its content stays with the entry and is read when it leaves.
 */
export function outgoing(entry: TicketMessageDoc, { ticket, contact, company }: Way): MessageDoc | null {
  const address = addressFor(ticket, contact);
  if (address === null) return null;
  // Messages are read by keys of three parts.
  const key = `reply/${ticket._id}/${entry._id.replaceAll('/', '.')}`;
  const from = { instance: `ticket/${ticket._id}`, process: 'ticket', step: 'reply' };
  const what = { purpose: 'transactional', template: 'ticket-reply' } as const;
  return {
    _id: key,
    ...from,
    ...what,
    contactId: contact._id,
    channel: address.channel,
    to: address.to,
    language: contact.language,
    item: {
      ...what,
      process: from.process,
      step: from.step,
      contactId: contact._id,
      ...(address.other && { to: { address: address.to } }),
      priority: 100,
      onCap: 'defer',
      deferUntil: entry.at.getTime(),
      timezone: 'contact',
      data: { trigger: {}, vars: {} },
    },
    reply: {
      ticket: ticket._id,
      entry: entry._id,
      references: ticket.references.filter((id) => /^<[^<>\s]+>$/.test(id)).slice(-maxReferences),
    },
    notBefore: entry.at,
    attempts: 0,
    ...(address.channel === 'email' && { messageId: messageIdOf(key, supportAddresses(company)[0]) }),
    queuedAt: entry.at,
  };
}

interface Address {
  channel: MessageDoc['channel'];
  to: string;
  /** It is not the contact's own. */
  other: boolean;
}

/** Where the customer is answered: in their chat, or by mail. Who telephones is called. */
function addressFor({ channel, chat, replyTo }: TicketDoc, contact: ContactDoc): Address | null {
  if (channel === 'phone') return null;
  if (channel === 'messenger' && chat !== undefined) return { channel: 'messenger', to: chat, other: false };
  const own = contact.emailKey === undefined ? undefined : contact.email;
  const to = replyTo ?? own;
  return to === undefined ? null : { channel: 'email', to, other: to !== own };
}
