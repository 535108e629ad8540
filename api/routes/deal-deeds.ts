import type { intakeItem } from '../../delivery/intake/items.ts';
import { requireDeal, showDeal } from '../deals/show.ts';
import { type Call, deed } from '../deed.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { idParams } from '../shapes.ts';
import type { Actor } from '../tickets/actor.ts';
import { dealAnswer, dealChange, dealLost, dealMove, dealNote, dealReopened, dealWon } from './deals-shapes.ts';

const shared = {
  tag: 'Deals',
  description:
    'Who acts is named by `X-Voronka-User: <key of a user>`; without it a program does. Answers the deal as it is then, or 202 with an id to be asked for at /api/intake/{id} when it takes longer than two seconds. A move that guards refuse is 409 GUARD_NOT_MET, whose `details.refused` names each guard and what it misses.',
  params: idParams,
  answer: dealAnswer,
  idempotent: true,
} as const;

type DealInput = Parameters<typeof intakeItem<'deal'>>[2];

/** @throws VoronkaError NOT_FOUND, or why it cannot be done */
async function does(id: string, body: (by: Actor) => DealInput, call: Call, deps: ApiDeps) {
  await requireDeal(id);
  return await deed({ kind: 'deal', body, show: () => showDeal(id) }, call, deps);
}

/** What people and programs do to a deal. */
export const dealDeedRoutes: Route[] = [
  route({
    ...shared,
    method: 'patch',
    path: '/deals/{id}',
    summary: 'Change fields of a deal',
    body: dealChange,
    async handle({ params: { id: dealId }, body: { why, ...set }, ...call }, deps) {
      return await does(dealId, (by) => ({ do: 'change', dealId, by, set, why }), call, deps);
    },
  }),

  route({
    ...shared,
    method: 'post',
    path: '/deals/{id}/move',
    summary: 'Move a deal into another stage, or into another pipeline',
    body: dealMove,
    async handle({ params: { id: dealId }, body: way, ...call }, deps) {
      return await does(dealId, (by) => ({ do: 'move', dealId, by, ...way }), call, deps);
    },
  }),

  route({
    ...shared,
    method: 'post',
    path: '/deals/{id}/won',
    summary: 'Win a deal',
    body: dealWon,
    async handle({ params: { id: dealId }, body: way, ...call }, deps) {
      return await does(dealId, (by) => ({ do: 'move', dealId, by, to: 'won', ...way }), call, deps);
    },
  }),

  route({
    ...shared,
    method: 'post',
    path: '/deals/{id}/lost',
    summary: 'Lose a deal, for a reason',
    body: dealLost,
    async handle({ params: { id: dealId }, body: way, ...call }, deps) {
      return await does(dealId, (by) => ({ do: 'move', dealId, by, to: 'lost', ...way }), call, deps);
    },
  }),

  route({
    ...shared,
    method: 'post',
    path: '/deals/{id}/reopen',
    summary: 'Reopen a deal that is over',
    body: dealReopened,
    async handle({ params: { id: dealId }, body: way, ...call }, deps) {
      return await does(dealId, (by) => ({ do: 'reopen', dealId, by, ...way }), call, deps);
    },
  }),

  route({
    ...shared,
    method: 'post',
    path: '/deals/{id}/notes',
    summary: 'Note something on a deal',
    body: dealNote,
    async handle({ params: { id: dealId }, body: { text }, ...call }, deps) {
      return await does(dealId, (by) => ({ do: 'note', dealId, by, text }), call, deps);
    },
  }),
];
