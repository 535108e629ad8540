import { VoronkaError } from '../../engine/errors/error.ts';
import { survivors } from '../../store/contacts.ts';
import { pressingTickets, recentTickets } from '../../store/ticket-list.ts';
import { clocksOf } from '../../store/tickets.ts';
import { ticketTimeline } from '../../store/timeline.ts';
import { contactOf } from '../answers.ts';
import { acceptDeed } from '../deed.ts';
import { type Route, route } from '../route.ts';
import { idParams, pageOf, pageQuery } from '../shapes.ts';
import { actorOf } from '../tickets/actor.ts';
import { clockOf } from '../tickets/answers.ts';
import { requireTicket, showConversation, showList, showTicket } from '../tickets/show.ts';
import { showSla } from '../tickets/sla.ts';
import { readTimeCursor } from '../time-cursor.ts';
import { findContact } from './contacts.ts';
import {
  conversation,
  openTicket,
  slaAnswer,
  ticketAccepted,
  ticketCard,
  ticketLine,
  ticketQuery,
} from './tickets-shapes.ts';
import { readCursor, timelineRow, writeCursor } from './timeline.ts';

/** Entries of the conversation that come with the ticket itself. */
const firstPage = 50;

export const ticketRoutes: Route[] = [
  route({
    method: 'get',
    path: '/tickets',
    tag: 'Tickets',
    summary: 'Tickets, the latest changed first, or open ones by what falls due next',
    query: ticketQuery,
    answer: pageOf(ticketLine),
    async handle({ query: { limit, cursor, sort, contact, dueWithin, ...filter } }, { clock }) {
      const person = contact === undefined ? undefined : await findContact(contact);
      const request = { limit, cursor: cursor === undefined ? undefined : readTimeCursor(cursor) };
      const list = sort === 'due' ? pressingTickets : recentTickets;
      const asked = {
        ...filter,
        contactIds: person && [person._id, ...person.mergedFrom],
        dueBefore: dueWithin === undefined ? undefined : clock.now() + dueWithin * 60_000,
      };
      return await showList(await list(asked, request));
    },
  }),

  route({
    method: 'post',
    path: '/tickets',
    tag: 'Tickets',
    summary: 'Open a ticket for a contact',
    description:
      'The contact is named by its id, an email or a phone; an unknown one is made. The ticket has the id of the answer, and is there once the request is applied.',
    body: openTicket,
    status: 202,
    answer: ticketAccepted,
    idempotent: true,
    acts: true,
    async handle({ body, request }, deps) {
      const by = await actorOf(request);
      const { contactId, email, phone, firstName, lastName, channel, subject, text, ...set } = body;
      if (contactId !== undefined) await findContact(contactId);
      const whose = { contactId, email, phone, firstName, lastName };
      return {
        id: await acceptDeed(
          'ticket',
          { do: 'open', by, ...whose, channel, subject, message: { text }, set },
          request,
          deps,
        ),
      };
    },
  }),

  route({
    method: 'get',
    path: '/tickets/{id}',
    tag: 'Tickets',
    summary: 'A ticket with its contact, its clocks and the latest of its conversation',
    params: idParams,
    answer: ticketCard,
    async handle({ params: { id } }) {
      const { contactId, assignments } = await requireTicket(id);
      const [ticket, contacts, clocks, latest] = await Promise.all([
        showTicket(id),
        survivors([contactId]),
        clocksOf([id]),
        showConversation(id, firstPage),
      ]);
      const contact = contacts.get(contactId);
      if (contact === undefined) throw new VoronkaError('NOT_FOUND', `the contact ${contactId} of the ticket is gone`);
      return {
        ...ticket,
        contact: contactOf(contact),
        assignments,
        allClocks: (clocks.get(id)?.clocks ?? []).map(clockOf),
        conversation: latest,
      };
    },
  }),

  route({
    method: 'get',
    path: '/tickets/{id}/messages',
    tag: 'Tickets',
    summary: 'What was said, newest first, also in tickets that were merged into it',
    params: idParams,
    query: pageQuery,
    answer: conversation,
    async handle({ params: { id }, query: { limit, cursor } }) {
      await requireTicket(id);
      return await showConversation(id, limit, cursor);
    },
  }),

  route({
    method: 'get',
    path: '/tickets/{id}/sla',
    tag: 'Tickets',
    summary: 'The clocks of a ticket, and how each due time comes about',
    params: idParams,
    answer: slaAnswer,
    async handle({ params: { id } }, { clock, library }) {
      await requireTicket(id);
      return await showSla((await clocksOf([id])).get(id), clock.now(), library);
    },
  }),

  route({
    method: 'get',
    path: '/tickets/{id}/timeline',
    tag: 'Tickets',
    summary: 'What happened to a ticket, with the steps of its clocks, escalations and processes, newest first',
    params: idParams,
    query: pageQuery,
    answer: pageOf(timelineRow),
    async handle({ params: { id }, query: { limit, cursor } }) {
      const { contactId } = await requireTicket(id);
      const contact = (await survivors([contactId])).get(contactId);
      const contactIds = contact === undefined ? [contactId] : [contact._id, ...contact.mergedFrom];
      const place = cursor === undefined ? {} : { cursor: readCursor(cursor) };
      const { items, next } = await ticketTimeline(id, contactIds, { limit, ...place });
      return { items, ...(next && { next: writeCursor(next) }) };
    },
  }),
];
