import { emailKey, phoneKey } from '../../../engine/contacts/normalise.ts';
import type { TicketDoc } from '../../../store/models/ticket.ts';
import { arrival } from '../arrival.ts';
import { mergeLead } from '../fields.ts';
import type { Happening } from '../happening.ts';
import type { Applied, Desk } from '../kinds.ts';
import { ownerOf } from '../owner.ts';
import type { Person } from '../person.ts';
import { plainId } from '../plain-id.ts';
import { ItemProblem } from '../problem.ts';
import { resolve } from '../resolve.ts';
import type { TicketBody } from './body.ts';
import { refuseUnknown, reopenFor, ticketWords } from './changing.ts';
import { isKnown, say } from './conversation.ts';
import type { TicketFile } from './docket.ts';
import { mainEvent, messageData, type Scene } from './telling.ts';

type Incoming = Extract<TicketBody, { channel: string }>;

/** Longest subject that is made of a message without one. */
const subjectLength = 100;

/**
 * What a customer says: it goes to the ticket that it answers, or opens one. Null: it came before, or a machine wrote it and it
 * belongs nowhere.
 */
export function fromCustomer(body: Incoming, desk: Desk): Applied | null {
  if (isKnown(body.message, desk)) return null;
  const answered = body.do === 'open' ? undefined : find(body, desk);
  if (answered !== undefined && (answered.doc.status !== 'closed' || body.message.auto)) {
    return reply(answered, body, desk);
  }
  return body.message.auto ? null : open(body, answered, desk);
}

function find(body: Incoming, desk: Desk): TicketFile | undefined {
  const { docket } = desk;
  const named =
    (body.ticketId === undefined ? undefined : docket.byId(body.ticketId)) ??
    docket.byReferences(body.references) ??
    (body.chat === undefined ? undefined : docket.byChat(body.chat)) ??
    byNumber(body, desk);
  if (named === undefined) return undefined;
  const file = docket.survivor(named);
  return file.doc.status === 'closed' ? (docket.followUp(file.doc._id) ?? file) : file;
}

/** A number is easily guessed: it counts only for those who take part in the ticket. */
function byNumber(body: Incoming, { docket, crowd }: Desk): TicketFile | undefined {
  const file = body.number === undefined ? undefined : docket.byNumber(body.number);
  const writer = writerOf(body, crowd);
  if (file === undefined || writer === undefined) return undefined;
  const takePart = [file.doc.contactId, ...docket.writers(file.doc._id)];
  return takePart.some((id) => crowd.byId(id) === writer) ? file : undefined;
}

function writerOf({ contactId, email, phone }: Incoming, crowd: Desk['crowd']): Person | undefined {
  if (contactId !== undefined) return crowd.byId(contactId);
  const keys = { email: email && emailKey(email), phone: phone && phoneKey(phone) };
  return (keys.email ? crowd.byEmail(keys.email) : undefined) ?? (keys.phone ? crowd.byPhone(keys.phone) : undefined);
}

function reply(file: TicketFile, body: Incoming, desk: Desk): Applied {
  const person = ownerOf(file, desk);
  const scene: Scene = { file, person, by: body.by };
  const { auto } = body.message;
  desk.docket.touch(file);
  // The status comes first, so that whoever hears of the reply sees a ticket that waits for an answer.
  const happenings = auto ? [] : reopenFor(scene, 'customer replied', desk);
  const writer = writerOf(body, desk.crowd) ?? person;
  const entry = say(scene, body.message, { kind: 'customer', channel: body.channel, writerId: writer.doc._id }, desk);
  if (!auto) {
    file.doc.lastCustomerAt = new Date(desk.occurredAt);
    answerTo(file.doc, person, body);
  }
  file.doc.search = ticketWords(file.doc, person.doc);
  const told = { message: messageData(entry), auto };
  return { person, happenings: [...happenings, mainEvent('ticket.customer-replied', scene, told)] };
}

/** `closed`: the ticket that the new one follows up. */
function open(body: Incoming, closed: TicketFile | undefined, desk: Desk): Applied {
  const { set } = body;
  if (set.assignee) refuseUnknown(set.assignee, desk);
  const { person, happenings } = closed ? { person: ownerOf(closed, desk), happenings: [] } : customer(body, desk);
  const { topic = closed?.doc.topic, team = closed?.doc.team, dealId = closed?.doc.dealId, assignee } = set;
  const number = desk.docket.nextNumber();
  const subject = body.subject.trim() || closed?.doc.subject || firstLine(body.message.text);
  const at = new Date(desk.occurredAt);
  const doc: TicketDoc = {
    _id: ticketIdOf(desk.id),
    number,
    subject,
    status: 'new',
    priority: set.priority ?? 'normal',
    channel: body.channel,
    contactId: person.doc._id,
    ...(topic && { topic }),
    ...(team && { team }),
    ...(dealId && { dealId }),
    ...(assignee && { assignee }),
    accepted: assignee !== undefined && body.by === `user:${assignee}`,
    tags: set.tags ?? [],
    reopened: 0,
    references: [],
    ...(body.chat !== undefined && { chat: body.chat }),
    ...(closed && { followsUp: closed.doc._id }),
    assignments: assignee ? [{ user: assignee, at, by: body.by }] : [],
    search: ticketWords({ subject, number }, person.doc),
    messages: 0,
    createdAt: at,
    updatedAt: at,
    lastCustomerAt: at,
  };
  const scene: Scene = { file: desk.docket.add(doc), person, by: body.by };
  answerTo(doc, person, body);
  const entry = say(scene, body.message, { kind: 'customer', channel: body.channel }, desk);
  return { person, happenings: [...happenings, mainEvent('ticket.created', scene, { message: messageData(entry) })] };
}

/** The contact that an opening names, made where it is unknown. */
function customer(body: Incoming, desk: Desk): { person: Person; happenings: Happening[] } {
  const { contactId, email, phone, firstName, lastName, attributes } = body;
  if (
    contactId === undefined &&
    body.chat === undefined &&
    !(email && emailKey(email)) &&
    !(phone && phoneKey(phone))
  ) {
    throw new ItemProblem(
      'VALIDATION_FAILED',
      'email: give a contactId, an address or a number, or nobody can be answered',
    );
  }
  const resolved = resolve(desk.crowd, { contactId, email, phone }, desk.at);
  const { person, created } = resolved;
  if (created) person.doc.language = desk.library.policy.company.language;
  const names = { firstName, lastName, attributes, duplicates: 'fill-empty' as const, data: {} };
  resolved.changes.push(...mergeLead(desk.crowd, person, names, desk.at));
  return { person, happenings: arrival(resolved, desk.ledger) };
}

/** Where public replies go, when the customer writes from another address than the contact's own. */
function answerTo(doc: TicketDoc, person: Person, { channel, email }: Incoming): void {
  const key = channel === 'email' && email !== undefined ? emailKey(email) : null;
  if (key === null || email === undefined) return;
  if (key === person.doc.emailKey) delete doc.replyTo;
  else doc.replyTo = email.trim();
}

/** Id of the ticket that an item opens. */
export function ticketIdOf(item: string): string {
  return plainId(item);
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.slice(0, subjectLength).trim() || '—';
}
