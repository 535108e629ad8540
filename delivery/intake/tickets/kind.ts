import type { JsonObject } from '../../../engine/json.ts';
import type { TicketDoc } from '../../../store/models/ticket.ts';
import { changed } from '../arrival.ts';
import { setFields } from '../fields.ts';
import { follows } from '../happening.ts';
import type { Bodies } from '../items.ts';
import type { Applied, Desk } from '../kinds.ts';
import { ownerOf } from '../owner.ts';
import type { Person } from '../person.ts';
import { ItemProblem } from '../problem.ts';
import type { TicketBody } from './body.ts';
import { changeTicket, reopenFor } from './changing.ts';
import { isKnown, say } from './conversation.ts';
import type { TicketFile } from './docket.ts';
import { fromCustomer } from './incoming.ts';
import { furtherEvent, mainEvent, messageData, type Scene, ticketOf } from './telling.ts';

type Deed = TicketBody['do'];
type BodyOf<D extends Deed> = Extract<TicketBody, { do: D }>;

/** What an item of the kind `ticket` does. Null: nothing changes. @throws ItemProblem for what cannot be done */
export function applyTicket(body: TicketBody, desk: Desk): Applied | null {
  switch (body.do) {
    case 'open':
    case 'from-customer':
      return fromCustomer(body, desk);
    case 'say':
      return reply(body, desk);
    case 'change':
      return change(body, desk);
    case 'accept':
      return accept(body, desk);
    case 'merge':
      return merge(body, desk);
    case 'review':
      return review(body, desk);
    case 'rate':
      return rate(body, desk);
  }
}

const tellings = { agent: 'ticket.agent-replied', system: 'ticket.notified', note: 'ticket.noted' } as const;

function reply(body: BodyOf<'say'>, desk: Desk): Applied | null {
  if (body.by === 'customer') {
    throw new ItemProblem('VALIDATION_FAILED', 'by: what the customer says is an item with do: "from-customer"');
  }
  if (isKnown(body.message, desk)) return null;
  const file = body.internal ? known(body.ticketId, desk) : open(body.ticketId, desk);
  const scene = sceneOf(file, body, desk);
  const kind = body.internal ? 'note' : body.by.startsWith('user:') ? 'agent' : 'system';
  const entry = say(scene, body.message, { kind, channel: file.doc.channel, outbox: body.outbox }, desk);
  if (kind === 'agent') file.doc.lastAgentAt = new Date(desk.occurredAt);
  const answers = kind === 'agent' && body.by === `user:${file.doc.assignee}` && !file.doc.accepted;
  if (answers) file.doc.accepted = true;
  const told = mainEvent(tellings[kind], scene, { message: messageData(entry) });
  const accepted = answers ? [furtherEvent('ticket.accepted', scene)] : [];
  const status = body.status ?? (kind === 'agent' && file.doc.status === 'new' ? 'open' : undefined);
  if (status !== undefined && file.doc.status === 'closed') refuseClosed(file);
  const changes = status === undefined ? [] : changeTicket(scene, { status }, desk);
  return { person: scene.person, happenings: [told, ...accepted, ...changes] };
}

function change(body: BodyOf<'change'>, desk: Desk): Applied {
  const scene = sceneOf(open(body.ticketId, desk), body, desk);
  const [first, ...others] = changeTicket(scene, body.set, desk, body.why);
  const happenings = first === undefined ? [] : [{ ...first, main: true as const }, ...others];
  return { person: scene.person, happenings };
}

function accept(body: BodyOf<'accept'>, desk: Desk): Applied {
  const [kind, user = ''] = body.by.split(':');
  if (kind !== 'user') throw new ItemProblem('VALIDATION_FAILED', 'by: only a user accepts a ticket');
  const scene = sceneOf(open(body.ticketId, desk), body, desk);
  const { file, person } = scene;
  if (file.doc.assignee === undefined) {
    const [first, ...others] = changeTicket(scene, { assignee: user }, desk);
    return { person, happenings: first ? [{ ...first, main: true }, ...others] : [] };
  }
  if (file.doc.assignee !== user) {
    throw new ItemProblem(
      'CONFLICT',
      `assignee: the ticket is given to ${file.doc.assignee}; assign it to ${user} first`,
    );
  }
  if (file.doc.accepted) return { person, happenings: [] };
  desk.docket.touch(file);
  file.doc.accepted = true;
  return { person, happenings: [mainEvent('ticket.accepted', scene)] };
}

/**
 * The messages stay where they were written; answers to them find the ticket that stays. A question that nobody has answered is
 * one of that ticket now.
 */
function merge(body: BodyOf<'merge'>, desk: Desk): Applied {
  const { docket } = desk;
  const file = open(body.ticketId, desk);
  const target = docket.survivor(known(body.into, desk));
  if (target === file) {
    throw new ItemProblem('TICKET_MERGE_REFUSED', `into: ${body.into} is the ticket itself, or was merged into it`);
  }
  if (target.doc.status === 'closed') refuseClosed(target);
  const scene = sceneOf(file, body, desk);
  const asks = isAsking(file.doc);
  docket.touch(file);
  file.doc.mergedInto = target.doc._id;
  file.doc.status = 'closed';
  file.doc.closedAt = new Date(desk.occurredAt);
  docket.touch(target);
  const into = sceneOf(target, body, desk);
  const reopened = asks ? reopenFor(into, `merged from #${file.doc.number}`, desk) : [];
  const happenings = [mainEvent('ticket.merged', scene, { into: target.doc._id })];
  return { person: scene.person, happenings, also: { person: into.person, happenings: reopened } };
}

/** Whether the customer has spoken last, and nobody has put the ticket aside as done with. */
function isAsking({ status, lastCustomerAt, lastAgentAt }: TicketDoc): boolean {
  if (status === 'waiting' || status === 'resolved' || lastCustomerAt === undefined) return false;
  return lastAgentAt === undefined || lastAgentAt < lastCustomerAt;
}

function review(body: BodyOf<'review'>, desk: Desk): Applied | null {
  const scene = sceneOf(known(body.ticketId, desk), body, desk);
  if (scene.file.doc.status === 'closed') return null;
  return { person: scene.person, happenings: [mainEvent('ticket.reviewed', scene, { why: body.why })] };
}

/** Also of a closed ticket: customers answer late. The mark is an attribute of the contact as well. */
function rate({ survey, mark, comment, of, ...body }: BodyOf<'rate'>, desk: Desk): Applied {
  const scene = sceneOf(known(body.ticketId, desk), body, desk);
  const { doc } = scene.file;
  desk.docket.touch(scene.file);
  const answer = { mark, ...(comment !== undefined && { comment }) };
  doc.satisfaction = { ...answer, at: new Date(desk.occurredAt) };
  const changes = setFields(desk.crowd, scene.person, { attributes: { [survey]: mark } }, desk.at);
  const answered = mainEvent('survey.answered', scene, { survey, ...answer }, of);
  const told = changes.length > 0 ? [follows('contact.changed', changed(changes))] : [];
  return { person: scene.person, happenings: [...told, answered] };
}

function sceneOf(file: TicketFile, { by }: Pick<BodyOf<'accept'>, 'by'>, desk: Desk): Scene {
  return { file, person: ownerOf(file, desk), by };
}

/** @throws ItemProblem for an unknown id */
function known(id: string, { docket }: Pick<Desk, 'docket'>): TicketFile {
  const file = docket.byId(id);
  if (file === undefined) throw new ItemProblem('NOT_FOUND', `ticketId: there is no ticket ${id}`);
  return file;
}

function open(id: string, desk: Desk): TicketFile {
  const file = known(id, desk);
  if (file.doc.status === 'closed') refuseClosed(file);
  return file;
}

function refuseClosed({ doc }: TicketFile): never {
  const where = doc.mergedInto === undefined ? 'is closed for good' : `was merged into ${doc.mergedInto}`;
  throw new ItemProblem('TICKET_CLOSED', `the ticket ${doc._id} ${where}`);
}

/** What an enrolment says of the ticket that it is for. @throws ItemProblem for another contact's ticket */
export function enrolled({ ticketId }: Bodies['enrol'], person: Person, desk: Desk): { ticket?: JsonObject } {
  if (ticketId === undefined) return {};
  const file = desk.docket.survivor(known(ticketId, desk));
  if (ownerOf(file, desk) !== person) {
    throw new ItemProblem(
      'VALIDATION_FAILED',
      `ticketId: ${ticketId} is not a ticket of the contact ${person.doc._id}`,
    );
  }
  return { ticket: ticketOf(file, person) };
}
