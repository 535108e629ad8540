import { Contacts } from './models/contact.ts';
import { type InboundMailDoc, InboundMails, type InboundVerdict } from './models/inbound-mail.ts';
import { Messages } from './models/message.ts';
import { Tickets } from './models/ticket.ts';
import { TicketMessages } from './models/ticket-message.ts';

/** Keeps a mail. @returns what is kept under its id: of a mail that came before, what was made of it then */
export async function keepInbound({ _id, ...mail }: InboundMailDoc): Promise<InboundMailDoc> {
  const kept = await InboundMails.findOneAndUpdate(
    { _id },
    { $setOnInsert: mail },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  return kept ?? { _id, ...mail };
}

export async function findInbound(id: string): Promise<InboundMailDoc | null> {
  return await InboundMails.findById(id).lean();
}

/** Another mail under the same Message-ID. */
export async function findNamesake(messageId: string, id: string): Promise<InboundMailDoc | null> {
  return await InboundMails.findOne({ messageId, _id: { $ne: id } }).lean();
}

/** Writes down that a person wants a ticket of it. */
export async function markAccepted(
  id: string,
  { item, at, by }: { item: string; at: Date; by: string },
): Promise<void> {
  await InboundMails.updateOne({ _id: id }, { $set: { item, acceptedAt: at, acceptedBy: by } });
}

/** How many mails of a sender went into a ticket, or into new ones, since an instant. */
export async function countInbound(from: string, thread: string | undefined, since: Date): Promise<number> {
  const mails = await InboundMails.find({ from, receivedAt: { $gte: since } }, { item: 1, thread: 1 }).lean();
  return mails.filter((mail) => mail.item !== undefined && mail.thread === thread).length;
}

/** The ticket that a mail refers to, by message ids before the number. */
export async function findThread(references: readonly string[], number?: number): Promise<string | undefined> {
  const known =
    references.length === 0 ? null : await Tickets.findOne({ references: { $in: references } }, { _id: 1 }).lean();
  const found = known ?? (number === undefined ? null : await Tickets.findOne({ number }, { _id: 1 }).lean());
  return found?._id;
}

/** The ticket that one of these mails of ours was about. */
export async function ticketOfOwnMails(messageIds: readonly string[]): Promise<string | undefined> {
  if (messageIds.length === 0) return undefined;
  const mails = await Messages.find({ messageId: { $in: messageIds } }, { item: 1, reply: 1 }).lean();
  const tickets = mails.map(({ item, reply }) => reply?.ticket ?? item.data.ticket?.id);
  return tickets.find((ticket) => typeof ticket === 'string');
}

/** Whether a mail of this id went out of here. */
export async function isOwnMail(messageId: string): Promise<boolean> {
  return (await Messages.exists({ messageId })) !== null;
}

interface InboundFilter {
  verdict?: InboundVerdict | undefined;
  limit: number;
}

/** The latest first. @param before the part of a filter that leaves out the pages before */
export async function listInbound({ verdict, limit }: InboundFilter, before: object): Promise<InboundMailDoc[]> {
  return await InboundMails.find({ ...(verdict !== undefined && { verdict }), ...before })
    .sort({ receivedAt: -1, _id: -1 })
    .limit(limit)
    .lean();
}

/** Tickets by the ids of the items that brought their messages. */
export async function ticketsOfItems(items: readonly string[]): Promise<Map<string, string>> {
  const found = await TicketMessages.find({ _id: { $in: items } }, { ticketId: 1 }).lean();
  return new Map(found.map(({ _id, ticketId }) => [_id, ticketId]));
}

/** The newest ticket of a chat or telephone line that is not closed. */
export async function openTicketOfChat(chat: string): Promise<string | undefined> {
  const tickets = await Tickets.find({ chat }, { status: 1, number: 1 }).lean();
  const open = tickets.filter(({ status }) => status !== 'closed').sort((a, b) => b.number - a.number);
  return open[0]?._id;
}

/** The ticket in which one of these messages stands. */
export async function ticketOfMessages(messageIds: readonly string[]): Promise<string | undefined> {
  return (await TicketMessages.findOne({ messageId: { $in: messageIds } }, { ticketId: 1 }).lean())?.ticketId;
}

/** The contact with this value in an attribute. Reads all contacts: for what happens once in a while. */
export async function findByAttribute(name: string, value: string): Promise<string | undefined> {
  return (await Contacts.findOne({ [`attributes.${name}`]: value }, { _id: 1 }).lean())?._id;
}
