import { survivors } from '../../store/contacts.ts';
import { dealView } from '../../store/deals.ts';
import { moneyProblems } from '../../store/events.ts';
import type { OrderDoc } from '../../store/models/order.ts';
import type { PaymentDoc } from '../../store/models/payment.ts';
import { type MoneyDocs, moneyFor, moneyOf } from '../../store/money.ts';
import { contactOf } from '../answers.ts';
import { requireDeal } from '../deals/show.ts';
import { type Route, route } from '../route.ts';
import { idParams } from '../shapes.ts';
import { findContact } from './contacts.ts';
import { contactMoney, dealMoney } from './money-shapes.ts';

export const moneyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/contacts/{id}/money',
    tag: 'Orders and payments',
    summary: 'What a contact has ordered and paid, the latest first',
    params: idParams,
    answer: contactMoney,
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
    answer: dealMoney,
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
