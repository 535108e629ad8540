import { z } from 'zod';
import { Acquisition, acquisitionKeys, type Period } from '../../engine/money/acquisition.ts';
import { localDate } from '../../engine/schema/common.ts';
import type { ContactPolicy } from '../../engine/schema/contact-policy.ts';
import { atLocal, isoDate } from '../../engine/time/zone.ts';
import { contactsOf, contactsSince, costsIn, type Span } from '../../store/costs.ts';
import { contactOf } from '../answers.ts';
import { type Route, route } from '../route.ts';
import { contactAnswer, pageOf, pageQuery } from '../shapes.ts';

const period = z.object({
  from: localDate.describe("first day, in the company's zone"),
  to: localDate.describe('last day'),
  by: z.enum(acquisitionKeys).default('source'),
});
const inOrder = ({ from, to }: Period) => from <= to;
const outOfOrder = { path: ['to'], message: 'it ends before it begins' };

const row = z.object({
  key: z.string().describe('source or campaign; empty: not known'),
  cost: z.number(),
  otherCosts: z.record(z.string(), z.number()).describe('in other currencies, not added'),
  costs: z.array(z.string()).describe('ids of the costs'),
  leads: z.number().describe('contacts who came in the period'),
  customers: z.number().describe('those of them who have ordered or paid since'),
  revenue: z.number().describe('what they have paid since, less what was given back'),
  averageCheck: z.number().optional(),
  ltv: z.number().optional().describe('revenue by customers'),
  cac: z.number().optional().describe('cost by customers'),
  roi: z.number().optional().describe('(revenue − cost) / cost'),
});

export const reportRoutes: Route[] = [
  route({
    method: 'get',
    path: '/reports/acquisition',
    tag: 'Reports',
    summary: 'What each source or campaign costs and brings',
    description:
      'A contact comes from what its attribute `source` (`campaign`) says, else `utm_source` (`utm_campaign`). /api/reports/acquisition/contacts names the contacts behind each number.',
    query: period.refine(inOrder, outOfOrder),
    answer: z.object({ currency: z.string(), rows: z.array(row) }),
    async handle({ query: { by, ...period } }, { library }) {
      const { company } = (await library.read()).library.policy;
      const report = new Acquisition(by, company.currency);
      const costs = await costsIn(period);
      for (const { _id, ...cost } of costs) report.addCost({ id: _id, ...cost }, period);
      for await (const contact of contactsSince(spanOf(period, company))) report.addContact(contact);
      return { currency: company.currency, rows: report.rows() };
    },
  }),

  route({
    method: 'get',
    path: '/reports/acquisition/contacts',
    tag: 'Reports',
    summary: 'The contacts behind a row of the report, the latest first',
    query: period
      .extend({
        ...pageQuery.shape,
        key: z.string().max(200).default('').describe('of the row'),
        customers: z.stringbool().default(false).describe('only those who have ordered or paid'),
      })
      .refine(inOrder, outOfOrder),
    answer: pageOf(contactAnswer),
    async handle({ query: { from, to, limit, cursor, ...row } }, { library }) {
      const { company } = (await library.read()).library.policy;
      const request = { limit, ...(cursor !== undefined && { cursor }) };
      const { items, next } = await contactsOf(spanOf({ from, to }, company), row, request);
      return { items: items.map(contactOf), next };
    },
  }),
];

/** The days of a period where the company is. */
function spanOf({ from, to }: Period, { timezone }: ContactPolicy['company']): Span {
  const after = isoDate(Date.parse(to) + 86_400_000);
  return { since: atLocal(from, '00:00', timezone), until: atLocal(after, '00:00', timezone) };
}
