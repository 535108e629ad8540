import { VoronkaError } from '../../engine/errors/error.ts';
import { survivors } from '../../store/contacts.ts';
import { listDeals } from '../../store/deals.ts';
import type { DealDoc } from '../../store/models/deal.ts';
import { dealTimeline } from '../../store/timeline.ts';
import { contactOf } from '../answers.ts';
import { showBoard } from '../deals/board.ts';
import { requireDeal, showDeal, showDeals } from '../deals/show.ts';
import { acceptDeed } from '../deed.ts';
import { chanceOf } from '../forecast/show.ts';
import { type Route, route } from '../route.ts';
import { accepted, idParams, keyParams, pageOf } from '../shapes.ts';
import { actorOf } from '../tickets/actor.ts';
import { beforeCursor, timeCursor } from '../time-cursor.ts';
import { findContact } from './contacts.ts';
import {
  boardAnswer,
  boardQuery,
  dealAnswer,
  dealCard,
  dealHistory,
  dealQuery,
  dealTimelineQuery,
  openDeal,
} from './deals-shapes.ts';
import { readCursor, timelineRow, writeCursor } from './timeline.ts';

export const dealRoutes: Route[] = [
  route({
    method: 'get',
    path: '/deals',
    tag: 'Deals',
    summary: 'Deals, the latest changed first',
    query: dealQuery,
    answer: pageOf(dealAnswer),
    async handle({ query: { limit, cursor, contact, ...filter } }) {
      const person = contact === undefined ? undefined : await findContact(contact);
      const contactIds = person && [person._id, ...person.mergedFrom];
      const docs = await listDeals({ ...filter, contactIds }, limit + 1, beforeCursor('updatedAt', cursor));
      const items = docs.slice(0, limit);
      const last = items.at(-1);
      return {
        items: await showDeals(items),
        ...(docs.length > limit && last && { next: timeCursor(last.updatedAt, last._id) }),
      };
    },
  }),

  route({
    method: 'post',
    path: '/deals',
    tag: 'Deals',
    summary: 'Open a deal of a contact',
    description:
      'The contact is named by its id, an email or a phone; an unknown one is made. The deal has the id of the answer, and is there once the request is applied; /api/intake/{id} says what refused it.',
    body: openDeal,
    status: 202,
    answer: accepted,
    idempotent: true,
    async handle({ body: { contactId, email, phone, pipeline, stage, ...set }, request }, deps) {
      const by = await actorOf(request);
      if (contactId !== undefined) await findContact(contactId);
      const whose = { contactId, email, phone };
      return { id: await acceptDeed('deal', { do: 'open', by, ...whose, pipeline, stage, set }, request, deps) };
    },
  }),

  route({
    method: 'get',
    path: '/deals/{id}',
    tag: 'Deals',
    summary: 'A deal with its contact',
    params: idParams,
    answer: dealCard,
    async handle({ params: { id } }) {
      const { contactId } = await requireDeal(id);
      const [deal, contacts] = await Promise.all([showDeal(id), survivors([contactId])]);
      const contact = contacts.get(contactId);
      if (contact === undefined) throw new VoronkaError('NOT_FOUND', `the contact ${contactId} of the deal is gone`);
      return { ...deal, contact: contactOf(contact) };
    },
  }),

  route({
    method: 'get',
    path: '/deals/{id}/history',
    tag: 'Deals',
    summary: 'Every move of a deal with who or what and why, newest first',
    params: idParams,
    answer: dealHistory,
    async handle({ params: { id } }) {
      const { moves } = await requireDeal(id);
      return { items: moves.toReversed() };
    },
  }),

  route({
    method: 'get',
    path: '/deals/{id}/timeline',
    tag: 'Deals',
    summary: 'What happened to a deal, newest first',
    description:
      'Its events with who and why, those of its tasks, documents and approvals, and what its processes sent. With `type` those of one kind, such as the steps of its processes.',
    params: idParams,
    query: dealTimelineQuery,
    answer: pageOf(timelineRow),
    async handle({ params: { id }, query: { limit, type, cursor } }) {
      const { _id, mergedFrom } = await findContact((await requireDeal(id)).contactId);
      const place = cursor === undefined ? {} : { cursor: readCursor(cursor) };
      const { items, next } = await dealTimeline(id, [_id, ...mergedFrom], { limit, type, ...place });
      return { items, ...(next && { next: writeCursor(next) }) };
    },
  }),

  route({
    method: 'get',
    path: '/pipelines/{key}/board',
    tag: 'Deals',
    summary: 'The stages of a pipeline with their open deals and sums',
    params: keyParams,
    query: boardQuery,
    answer: boardAnswer,
    async handle({ params: { key }, query }, { library: live, forecasts, clock }) {
      const { library } = await live.read();
      const lesson = library.pipelines[key] && forecasts.known(key);
      const chances = (deal: DealDoc) => lesson && chanceOf(lesson, deal, clock.now()).value;
      return await showBoard(key, library, query, chances);
    },
  }),
];
