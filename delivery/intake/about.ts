import type { JsonObject } from '../../engine/json.ts';
import type { SubjectRef } from '../../engine/model/state.ts';
import { dealOf } from './deals/telling.ts';
import type { Desk } from './kinds.ts';
import { ownerOf } from './owner.ts';
import { ItemProblem } from './problem.ts';
import { ticketOf } from './tickets/telling.ts';

/** How an item names what a task or an approval is about. */
export interface Named {
  contactId?: string | undefined;
  dealId?: string | undefined;
  ticketId?: string | undefined;
}

/** What a task or an approval is about, under the contact that has it now. @throws ItemProblem for what is not there */
export function subjectNamed({ contactId, dealId, ticketId }: Named, desk: Desk): SubjectRef {
  if (dealId !== undefined) return refOf('deal', dealId, desk);
  if (ticketId !== undefined) return refOf('ticket', ticketId, desk);
  const person = contactId === undefined ? undefined : desk.crowd.byId(contactId);
  if (person === undefined) throw new ItemProblem('NOT_FOUND', `contactId: there is no contact ${contactId}`);
  return { kind: 'contact', id: person.doc._id, contactId: person.doc._id };
}

function refOf(kind: 'deal' | 'ticket', id: string, desk: Desk): SubjectRef {
  const file = kind === 'deal' ? desk.deals.byId(id) : desk.docket.byId(id);
  if (file === undefined) throw new ItemProblem('NOT_FOUND', `${kind}Id: there is no ${kind} ${id}`);
  return { kind, id, contactId: ownerOf(file, desk).doc._id };
}

/** The whole deal or ticket that something is about, for its events; nothing where it is about the contact. */
export function aboutIn({ kind, id }: SubjectRef, desk: Desk): JsonObject {
  const deal = kind === 'deal' ? desk.deals.byId(id) : undefined;
  if (deal !== undefined) return { deal: dealOf(deal, ownerOf(deal, desk)) };
  const ticket = kind === 'ticket' ? desk.docket.byId(id) : undefined;
  return ticket === undefined ? {} : { ticket: ticketOf(ticket, ownerOf(ticket, desk)) };
}
