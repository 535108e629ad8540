import { z } from 'zod';
import { survivors } from '../../store/contacts.ts';
import { dealView } from '../../store/deals.ts';
import { moneyProblems } from '../../store/events.ts';
import type { OrderDoc } from '../../store/models/order.ts';
import type { PaymentDoc } from '../../store/models/payment.ts';
import { type MoneyDocs, moneyFor, moneyOf } from '../../store/money.ts';
import { contactOf } from '../answers.ts';
import { requireDeal } from '../deals/show.ts';
import { type Route, route } from '../route.ts';
import { contactAnswer, idParams, jsonObject, time } from '../shapes.ts';
import { findContact } from './contacts.ts';

const orderAnswer = z.object({
  id: z.string(),
  contactId: z.string(),
  dealId: z.string().optional(),
  amount: z.number().optional().describe('absent: only its cancellation is known'),
  currency: z.string(),
  items: z.array(jsonObject).optional(),
  placedAt: time.optional(),
  cancelledAt: time.optional(),
});
const problem = z.object({ code: z.string(), message: z.string() });
const paymentAnswer = z.object({
  id: z.string(),
  kind: z.enum(['payment', 'refund']),
  contactId: z.string(),
  orderId: z.string().optional(),
  dealId: z.string().optional(),
  paymentId: z.string().optional().describe('of a refund: what it gives back'),
  document: z.string().optional().describe('number of the document that was paid'),
  amount: z.number(),
  currency: z.string(),
  at: time,
  problem: problem.optional().describe('why it does not count as its sender wanted it to'),
});
const lists = { orders: z.array(orderAnswer), payments: z.array(paymentAnswer) };

export const moneyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/contacts/{id}/money',
    tag: 'Orders and payments',
    summary: 'What a contact has ordered and paid, the latest first',
    params: idParams,
    answer: z.object({
      ...lists,
      money: contactAnswer.shape.money,
      refused: z
        .array(problem.extend({ event: z.string(), name: z.string(), at: time }))
        .describe('events that could not be booked; they are in the history'),
    }),
    async handle({ params: { id } }) {
      const contact = await findContact(id);
      const ids = [contact._id, ...contact.mergedFrom];
      const [docs, refused] = await Promise.all([moneyOf(ids), moneyProblems(ids)]);
      const { money } = contactOf(contact);
      return { ...(money && { money }), ...listsOf(docs, contact._id), refused };
    },
  }),

  route({
    method: 'get',
    path: '/deals/{id}/money',
    tag: 'Orders and payments',
    summary: 'Orders and payments of a deal, the latest first',
    params: idParams,
    answer: z.object({
      ...lists,
      amount: z.number().optional(),
      currency: z.string(),
      paid: z.number(),
      left: z.number().optional().describe('still to be paid; absent without an amount'),
    }),
    async handle({ params: { id } }) {
      const deal = await requireDeal(id);
      const { contactId, amount, currency } = deal;
      const [docs, contacts] = await Promise.all([moneyFor(id), survivors([contactId])]);
      const { paid } = dealView(deal);
      const left = amount === undefined ? {} : { amount, left: Math.max(0, Math.round((amount - paid) * 100) / 100) };
      return { ...left, currency, paid, ...listsOf(docs, contacts.get(contactId)?._id ?? contactId) };
    },
  }),
];

/** @param contactId whose all of it is by now */
function listsOf({ orders, payments }: MoneyDocs, contactId: string) {
  const told = ({ placedAt, cancelledAt }: OrderDoc) => (placedAt ?? cancelledAt ?? new Date(0)).getTime();
  return {
    orders: orders.toSorted((a, b) => told(b) - told(a)).map((doc) => shown(doc, contactId)),
    payments: payments.toSorted((a, b) => b.at.getTime() - a.at.getTime()).map((doc) => shown(doc, contactId)),
  };
}

function shown<D extends OrderDoc | PaymentDoc>({ _id, updatedAt: _, ...doc }: D, contactId: string) {
  return { ...doc, id: _id, contactId };
}
