import { Counters } from '../../../store/models/counter.ts';
import { type TicketDoc, Tickets } from '../../../store/models/ticket.ts';
import { type TicketMessageDoc, TicketMessages } from '../../../store/models/ticket-message.ts';
import { Users } from '../../../store/models/user.ts';
import type { Parsed } from '../apply.ts';
import { Docket } from './docket.ts';

/** Which tickets a batch is about. */
export interface WantedTickets {
  ids: Set<string>;
  numbers: Set<number>;
  references: Set<string>;
  chats: Set<string>;
  messageIds: Set<string>;
  /** Whether a ticket may be opened, or given to somebody. */
  written: boolean;
}

export function nothingWanted(): WantedTickets {
  return {
    ids: new Set(),
    numbers: new Set(),
    references: new Set(),
    chats: new Set(),
    messageIds: new Set(),
    written: false,
  };
}

/** Adds what must be read to apply an item to its ticket. */
export function wantTickets(wanted: WantedTickets, item: Parsed): void {
  if ('ticketId' in item.body && item.body.ticketId !== undefined) wanted.ids.add(item.body.ticketId);
  if (item.kind !== 'ticket') return;
  const { body } = item;
  wanted.written = true;
  if (body.do === 'merge') wanted.ids.add(body.into);
  if ('message' in body && body.message.messageId !== undefined) wanted.messageIds.add(body.message.messageId);
  if (body.do !== 'from-customer') return;
  if (body.number !== undefined) wanted.numbers.add(body.number);
  for (const reference of body.references) wanted.references.add(reference);
  if (body.chat !== undefined) wanted.chats.add(body.chat);
}

/** Reads the tickets of a batch in bulk: a handful of queries however many there are. */
export async function loadDocket(wanted: WantedTickets): Promise<Docket> {
  const tickets = await findTickets(wanted);
  const numbered = tickets.filter(({ number }) => wanted.numbers.has(number)).map(({ _id }) => _id);
  const [counter, known, spoken, users] = await Promise.all([
    wanted.written ? Counters.findById('tickets').lean() : null,
    wanted.messageIds.size === 0 ? [] : findMessageIds([...wanted.messageIds]),
    numbered.length === 0 ? [] : findWriters(numbered),
    wanted.written ? Users.find({ active: true }, { _id: 1 }).lean() : [],
  ]);
  const writers = new Map<string, Set<string>>();
  for (const { ticketId, contactId } of spoken) {
    writers.set(ticketId, (writers.get(ticketId) ?? new Set()).add(contactId));
  }
  return new Docket({
    tickets,
    lastNumber: counter?.value ?? 0,
    messageIds: known.flatMap(({ messageId }) => messageId ?? []),
    writers,
    users: new Set(users.map(({ _id }) => _id)),
  });
}

/** The tickets that are named, those into which they were merged, and what follows up the closed ones. */
async function findTickets({ ids, numbers, references, chats }: WantedTickets): Promise<TicketDoc[]> {
  // One query per key: with $or the embedded server would read the whole collection.
  const named = await Promise.all([
    find('_id', [...ids]),
    find('number', [...numbers]),
    find('references', [...references]),
    find('chat', [...chats]),
  ]);
  const found = new Map(named.flat().map((doc) => [doc._id, doc]));
  for (let fresh = [...found.values()]; fresh.length > 0; ) {
    const heirs = fresh.flatMap(({ mergedInto }) => mergedInto ?? []).filter((id) => !found.has(id));
    const closed = fresh.filter(({ status }) => status === 'closed').map(({ _id }) => _id);
    const more = await Promise.all([find('_id', heirs), find('followsUp', closed)]);
    fresh = more.flat().filter(({ _id }) => !found.has(_id));
    for (const doc of fresh) found.set(doc._id, doc);
  }
  return [...found.values()];
}

async function find(field: string, values: readonly (string | number)[]): Promise<TicketDoc[]> {
  return values.length === 0 ? [] : await Tickets.find({ [field]: { $in: values } }).lean<TicketDoc[]>();
}

async function findMessageIds(messageIds: string[]): Promise<Pick<TicketMessageDoc, 'messageId'>[]> {
  return await TicketMessages.find({ messageId: { $in: messageIds } }, { messageId: 1 }).lean();
}

async function findWriters(ticketIds: string[]): Promise<Pick<TicketMessageDoc, 'ticketId' | 'contactId'>[]> {
  return await TicketMessages.find(
    { ticketId: { $in: ticketIds }, kind: 'customer' },
    { ticketId: 1, contactId: 1 },
  ).lean();
}
