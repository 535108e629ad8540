import type { intakeItem } from '../../delivery/intake/items.ts';
import { deed } from '../deed.ts';
import { type Route, route } from '../route.ts';
import { idParams } from '../shapes.ts';
import type { Actor } from '../tickets/actor.ts';
import { requireTicket, showTicket } from '../tickets/show.ts';
import { internalNote, publicReply, ticketAnswer, ticketChange, ticketMerge } from './tickets-shapes.ts';

const description =
  'Answers the ticket as it is then, or 202 with an id to be asked for at /api/intake/{id} when it takes longer than two seconds.';

const shared = {
  tag: 'Tickets',
  description,
  params: idParams,
  answer: ticketAnswer,
  idempotent: true,
  acts: true,
} as const;

type TicketInput = Parameters<typeof intakeItem<'ticket'>>[2];

function ticketDeed(id: string, body: (by: Actor) => TicketInput) {
  return { kind: 'ticket' as const, body, show: () => showTicket(id) };
}

/** What people and programs do to a ticket. */
export const ticketDeedRoutes: Route[] = [
  route({
    ...shared,
    method: 'post',
    path: '/tickets/{id}/replies',
    summary: 'Answer the customer',
    body: publicReply,
    async handle({ params: { id: ticketId }, body: { status, ...message }, ...call }, deps) {
      await requireTicket(ticketId);
      return await deed(
        ticketDeed(ticketId, (by) => ({ do: 'say', ticketId, by, message, status })),
        call,
        deps,
      );
    },
  }),

  route({
    ...shared,
    method: 'post',
    path: '/tickets/{id}/notes',
    summary: 'Write a note that the customer never sees',
    body: internalNote,
    async handle({ params: { id: ticketId }, body: message, ...call }, deps) {
      await requireTicket(ticketId);
      return await deed(
        ticketDeed(ticketId, (by) => ({ do: 'say', ticketId, by, message, internal: true })),
        call,
        deps,
      );
    },
  }),

  route({
    ...shared,
    method: 'patch',
    path: '/tickets/{id}',
    summary: 'Change fields of a ticket',
    body: ticketChange,
    async handle({ params: { id: ticketId }, body: { why, ...set }, ...call }, deps) {
      await requireTicket(ticketId);
      return await deed(
        ticketDeed(ticketId, (by) => ({ do: 'change', ticketId, by, set, why })),
        call,
        deps,
      );
    },
  }),

  route({
    ...shared,
    method: 'post',
    path: '/tickets/{id}/accept',
    summary: 'Take a ticket on',
    async handle({ params: { id: ticketId }, ...call }, deps) {
      await requireTicket(ticketId);
      return await deed(
        ticketDeed(ticketId, (by) => ({ do: 'accept', ticketId, by })),
        call,
        deps,
      );
    },
  }),

  route({
    ...shared,
    method: 'post',
    path: '/tickets/{id}/merge',
    summary: 'Merge a ticket into another one, and close it',
    body: ticketMerge,
    async handle({ params: { id: ticketId }, body: { into }, ...call }, deps) {
      await Promise.all([requireTicket(ticketId), requireTicket(into)]);
      return await deed(
        ticketDeed(ticketId, (by) => ({ do: 'merge', ticketId, by, into })),
        call,
        deps,
      );
    },
  }),
];
