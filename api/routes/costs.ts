import { z } from 'zod';
import { VoronkaError } from '../../engine/errors/error.ts';
import { currency, localDate } from '../../engine/schema/common.ts';
import { listCosts, removeCost, saveCost } from '../../store/costs.ts';
import { newId } from '../../store/id.ts';
import type { CostDoc } from '../../store/models/cost.ts';
import { idempotencyOf, refuseReuse } from '../idempotency.ts';
import { type Route, route } from '../route.ts';
import { idParams, pageOf, pageQuery, time } from '../shapes.ts';
import { actorOf } from '../tickets/actor.ts';

const costAnswer = z.object({
  id: z.string(),
  source: z.string(),
  campaign: z.string().optional(),
  from: z.string(),
  to: z.string(),
  amount: z.number(),
  currency: z.string(),
  createdBy: z.string(),
  createdAt: time,
});

const costBody = z
  .strictObject({
    source: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .describe('channel, as contacts have it in the attribute source or utm_source'),
    campaign: z.string().trim().min(1).max(200).optional().describe('default: the source as a whole'),
    from: localDate.describe('first day'),
    to: localDate.describe('last day'),
    amount: z.number().min(0).max(1_000_000_000_000),
    currency: currency.optional().describe("default: the company's"),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'it ends before it begins' });

export const costRoutes: Route[] = [
  route({
    method: 'get',
    path: '/costs',
    tag: 'Reports',
    summary: 'What was spent on sources and campaigns, the latest entered first',
    query: pageQuery,
    answer: pageOf(costAnswer),
    async handle({ query: { limit, cursor } }) {
      const { items, next } = await listCosts({ limit, ...(cursor !== undefined && { cursor }) });
      return { items: items.map(costOf), next };
    },
  }),

  route({
    method: 'post',
    path: '/costs',
    tag: 'Reports',
    summary: 'Enter what was spent on a source or a campaign',
    description:
      'A report of a shorter period counts it by the day. An `Idempotency-Key` is known as long as the cost is there.',
    idempotent: true,
    body: costBody,
    status: 201,
    answer: costAnswer,
    acts: true,
    async handle({ body: { campaign, ...body }, request }, { clock, library }) {
      const { company } = (await library.read()).library.policy;
      const idempotency = idempotencyOf(request);
      const cost = await saveCost({
        ...body,
        _id: newId(),
        ...(campaign !== undefined && { campaign }),
        currency: body.currency ?? company.currency,
        createdBy: await actorOf(request),
        createdAt: new Date(clock.now()),
        ...(idempotency && { requestKey: idempotency.key, requestHash: idempotency.bodyHash }),
      });
      if (idempotency) refuseReuse(idempotency, cost.requestHash);
      return costOf(cost);
    },
  }),

  route({
    method: 'delete',
    path: '/costs/{id}',
    tag: 'Reports',
    summary: 'Take a cost out that was entered by mistake',
    params: idParams,
    answer: z.object({ id: z.string() }),
    async handle({ params: { id } }) {
      if (!(await removeCost(id))) throw new VoronkaError('NOT_FOUND', `there is no cost ${id}`);
      return { id };
    },
  }),
];

function costOf({ _id, requestKey: _, requestHash: __, ...cost }: CostDoc) {
  return { id: _id, ...cost };
}
