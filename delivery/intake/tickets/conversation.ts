import type { TicketMessageDoc } from '../../../store/models/ticket-message.ts';
import type { Desk } from '../kinds.ts';
import type { TicketBody } from './body.ts';
import { outgoing } from './outgoing.ts';
import type { Scene } from './telling.ts';

type Message = Extract<TicketBody, { do: 'say' }>['message'];

/** Whether a message came before: then it changes nothing. */
export function isKnown({ messageId }: Message, { docket }: Desk): boolean {
  return messageId !== undefined && docket.hasSeen(messageId);
}

/** What an entry is, beside the message itself. */
export interface EntryHead extends Pick<TicketMessageDoc, 'kind' | 'channel'> {
  /** Who wrote it, when it is not the ticket's contact. */
  writerId?: string;
  /** Key of the outbox message that carries it already. */
  outbox?: string | undefined;
}

/** Appends an entry to the conversation of a ticket. A public one of the company's goes out to the customer. */
export function say({ file, person, by }: Scene, message: Message, head: EntryHead, desk: Desk): TicketMessageDoc {
  const { docket, ledger } = desk;
  const { messageId, quoted, auto, ...content } = message;
  const entry: TicketMessageDoc = {
    ...content,
    _id: desk.id,
    ticketId: file.doc._id,
    contactId: head.writerId ?? person.doc._id,
    kind: head.kind,
    channel: head.channel,
    by,
    ...(quoted !== undefined && { quoted }),
    ...(auto && { auto }),
    ...(messageId !== undefined && { messageId }),
    ...(head.outbox !== undefined && { outbox: head.outbox }),
    at: new Date(desk.occurredAt),
  };
  docket.touch(file);
  file.doc.messages += 1;
  if (messageId !== undefined) docket.refer(file, messageId);
  if ((entry.kind === 'agent' || entry.kind === 'system') && entry.outbox === undefined)
    carry(entry, { file, person, by }, desk);
  ledger.conversation.push(entry);
  return entry;
}

function carry(entry: TicketMessageDoc, { file, person }: Scene, { docket, ledger, library }: Desk): void {
  const message = outgoing(entry, { ticket: file.doc, contact: person.doc, company: library.policy.company });
  if (message === null) return;
  ledger.messages.push(message);
  entry.outbox = message._id;
  if (message.messageId !== undefined) docket.refer(file, message.messageId);
}
