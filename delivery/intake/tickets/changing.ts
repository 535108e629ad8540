import { changeOf, type FieldChange } from '../../../engine/changes.ts';
import type { TicketStatus } from '../../../engine/model/ticket.ts';
import { searchTerms, searchWords } from '../../../store/contacts.ts';
import type { ContactDoc } from '../../../store/models/contact.ts';
import type { TicketDoc } from '../../../store/models/ticket.ts';
import { changed } from '../arrival.ts';
import type { Happening } from '../happening.ts';
import type { Desk } from '../kinds.ts';
import { ItemProblem } from '../problem.ts';
import type { TicketChange } from './body.ts';
import { furtherEvent, type Scene } from './telling.ts';

/**
 * Sets fields of a ticket. @returns what is told of it: nothing where nothing differs
 * @throws ItemProblem for a user that cannot be given a ticket, and for a status that cannot come back
 */
export function changeTicket(scene: Scene, set: TicketChange, desk: Desk, why?: string): Happening[] {
  const { file, by } = scene;
  if (set.assignee) refuseUnknown(set.assignee, desk);
  if (set.status === 'new' && file.doc.status !== 'new') {
    throw new ItemProblem('VALIDATION_FAILED', 'status: a ticket is new only until somebody deals with it; use open');
  }
  const changes = differences(file.doc, set);
  if (changes.length === 0) return [];
  desk.docket.touch(file);
  const { doc } = file;
  const before = doc.status;
  write(doc, set);
  if (doc.status !== before) enterStatus(doc, before, desk.occurredAt);
  doc.search = ticketWords(doc, scene.person.doc);
  if (changes.some(({ field }) => field === 'assignee')) assign(doc, by, desk.occurredAt);
  const acts = changes.some(({ field }) => field === 'assignee' || field === 'status');
  const accepts = acts && by === `user:${doc.assignee}` && !doc.accepted;
  if (accepts) doc.accepted = true;
  const more = { ...changed(changes), ...(why !== undefined && { why }) };
  return [
    furtherEvent('ticket.changed', scene, more),
    ...(doc.status === before ? [] : statusEvents(scene, before)),
    ...(accepts ? [furtherEvent('ticket.accepted', scene)] : []),
  ];
}

/** Opens a ticket that waits for its customer, or is resolved, because the customer waits for an answer now. */
export function reopenFor(scene: Scene, why: string, desk: Desk): Happening[] {
  const { status } = scene.file.doc;
  return status === 'waiting' || status === 'resolved' ? changeTicket(scene, { status: 'open' }, desk, why) : [];
}

/** @throws ItemProblem for a key that no active user has */
export function refuseUnknown(assignee: string, { docket }: Desk): void {
  if (!docket.users.has(assignee)) {
    throw new ItemProblem('USER_NOT_FOUND', `assignee: there is no active user ${assignee}`);
  }
}

/** Words under which a ticket is found: of its subject, its number and its contact. */
export function ticketWords({ subject, number }: Pick<TicketDoc, 'subject' | 'number'>, contact: ContactDoc): string[] {
  return [...new Set([...searchTerms(subject), String(number), `#${number}`, ...searchWords(contact)])];
}

const fields = ['status', 'priority', 'topic', 'team', 'assignee', 'tags', 'subject', 'dealId'] as const;

function differences(doc: TicketDoc, set: TicketChange): FieldChange[] {
  return fields.flatMap((field) => {
    const value = set[field];
    return value === undefined ? [] : changeOf(field, doc[field], value);
  });
}

function write(doc: TicketDoc, { topic, team, assignee, dealId, ...plain }: TicketChange): void {
  if (plain.status !== undefined) doc.status = plain.status;
  if (plain.priority !== undefined) doc.priority = plain.priority;
  if (plain.tags !== undefined) doc.tags = plain.tags;
  if (plain.subject !== undefined) doc.subject = plain.subject;
  const clearable = { topic, team, assignee, dealId };
  for (const field of ['topic', 'team', 'assignee', 'dealId'] as const) {
    const value = clearable[field];
    if (value === null) delete doc[field];
    else if (value !== undefined) doc[field] = value;
  }
}

function assign(doc: TicketDoc, by: string, at: number): void {
  doc.accepted = false;
  if (doc.assignee === undefined) return;
  doc.assignments = [...doc.assignments, { user: doc.assignee, at: new Date(at), by }];
}

/** `reopened` counts the ways back from `resolved`. */
function enterStatus(doc: TicketDoc, before: TicketStatus, at: number): void {
  if (doc.status === 'resolved') doc.resolvedAt = new Date(at);
  else if (doc.status === 'closed') doc.closedAt = new Date(at);
  else if (before === 'resolved') {
    doc.reopened += 1;
    delete doc.resolvedAt;
  }
}

function statusEvents(scene: Scene, before: TicketStatus): Happening[] {
  const { status } = scene.file.doc;
  if (status === 'resolved') return [furtherEvent('ticket.resolved', scene)];
  if (status === 'closed') return [furtherEvent('ticket.closed', scene)];
  return before === 'resolved' ? [furtherEvent('ticket.reopened', scene)] : [];
}
