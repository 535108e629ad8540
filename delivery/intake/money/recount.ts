import { settle } from '../../../engine/money/settle.ts';
import type { OrderDoc } from '../../../store/models/order.ts';
import type { MoneyProblem, PaymentDoc } from '../../../store/models/payment.ts';
import type { DealFile } from '../deals/book.ts';
import type { Filed } from '../filing.ts';
import type { Person } from '../person.ts';
import type { MoneyDesk } from './aim.ts';

/** What a recount has changed beside the contact's sums. */
export interface Recounted {
  /** What came in for deals, in their own currencies. */
  deals: { file: DealFile; from: number; to: number }[];
  /** Payments that have a problem they did not have before. */
  problems: { doc: PaymentDoc; problem: MoneyProblem }[];
}

/** Counts a contact's orders and payments anew, and what came in for its deals. */
export function recount(person: Person, desk: MoneyDesk): Recounted {
  const { crowd, deals, money, library } = desk;
  const orders = money.orders.of(person, crowd);
  const payments = money.payments.of(person, crowd);
  const own = deals.files.filter(({ doc }) => crowd.byId(doc.contactId) === person);
  const byId = new Map(own.map((file) => [file.doc._id, file]));
  for (const file of orders) aimOrder(file, byId, desk);
  const received = payments.filter(({ doc }) => doc.kind === 'payment');
  const refunds = payments.filter(({ doc }) => doc.kind === 'refund');
  for (const file of [...received, ...refunds]) aimPayment(file, person, byId, desk);
  const settled = settle(
    orders.map(({ doc }) => orderOf(doc)),
    payments.map(({ doc }) => paymentOf(doc)),
    library.policy.company.currency,
  );
  crowd.touch(person);
  if (orders.length + payments.length === 0) delete person.doc.money;
  else person.doc.money = settled.money;
  const problems = payments.flatMap((file) => {
    const problem = problemOf(file.doc, byId, settled.excess);
    const before = file.doc.problem;
    if (problem?.code === before?.code) return [];
    money.payments.touch(file);
    if (problem === undefined) delete file.doc.problem;
    else file.doc.problem = problem;
    return problem === undefined ? [] : [{ doc: file.doc, problem }];
  });
  return { problems, deals: own.flatMap((file) => credit(file, settled.deals.get(file.doc._id), desk)) };
}

/** A deal that was opened for an order carries the order's id as its attribute `orderId`. */
function madeFor(orderId: string, deals: ReadonlyMap<string, DealFile>): string | undefined {
  return [...deals.values()].find(({ doc }) => doc.attributes.orderId === orderId)?.doc._id;
}

function aimOrder(file: Filed<OrderDoc>, deals: ReadonlyMap<string, DealFile>, { money }: MoneyDesk): void {
  const { _id, contactId } = file.doc;
  const dealId = file.doc.dealId ?? madeFor(_id, deals);
  const home = (dealId !== undefined && deals.get(dealId)?.doc.contactId) || contactId;
  if (dealId === file.doc.dealId && home === contactId) return;
  money.orders.give(file, home);
  if (dealId !== undefined) file.doc.dealId = dealId;
}

/** A refund is for what its payment is for, a payment for the deal of its order; each is under the contact that has these. */
function aimPayment(
  file: Filed<PaymentDoc>,
  person: Person,
  deals: ReadonlyMap<string, DealFile>,
  { crowd, money }: MoneyDesk,
): void {
  const { doc } = file;
  const mine = <D extends { contactId: string }>(found: Filed<D> | undefined) =>
    found !== undefined && crowd.byId(found.doc.contactId) === person ? found.doc : undefined;
  const source = doc.paymentId === undefined ? undefined : mine(money.payments.byId(doc.paymentId));
  const orderId = doc.orderId ?? source?.orderId;
  const order = orderId === undefined ? undefined : mine(money.orders.byId(orderId));
  const dealId =
    doc.dealId ?? source?.dealId ?? order?.dealId ?? (orderId === undefined ? undefined : madeFor(orderId, deals));
  const deal = dealId === undefined ? undefined : deals.get(dealId);
  const contactId = deal?.doc.contactId ?? source?.contactId ?? order?.contactId ?? doc.contactId;
  if (orderId === doc.orderId && dealId === doc.dealId && contactId === doc.contactId) return;
  money.payments.give(file, contactId);
  if (orderId !== undefined) doc.orderId = orderId;
  if (dealId !== undefined) doc.dealId = dealId;
}

function problemOf(
  doc: PaymentDoc,
  deals: ReadonlyMap<string, DealFile>,
  excess: ReadonlySet<string>,
): MoneyProblem | undefined {
  const { _id, amount, currency, dealId, problem } = doc;
  if (excess.has(_id)) {
    return { code: 'REFUND_EXCESSIVE', message: `amount: ${amount} ${currency} is more than was paid and is left` };
  }
  if (dealId === undefined) return problem?.code === 'PAYMENT_ASTRAY' ? problem : undefined;
  const deal = deals.get(dealId)?.doc;
  if (deal === undefined || deal.currency === currency) return undefined;
  return { code: 'PAYMENT_CURRENCY', message: `currency: the deal ${dealId} is in ${deal.currency}, not ${currency}` };
}

function credit(file: DealFile, received: Record<string, number> = {}, { deals }: MoneyDesk): Recounted['deals'] {
  const { doc } = file;
  const before = doc.received ?? {};
  const codes = new Set([...Object.keys(before), ...Object.keys(received)]);
  if ([...codes].every((code) => before[code] === received[code])) return [];
  deals.touch(file);
  doc.received = received;
  const [from, to] = [before[doc.currency] ?? 0, received[doc.currency] ?? 0];
  return from === to ? [] : [{ file, from, to }];
}

function orderOf({ _id, amount, currency, placedAt, cancelledAt }: OrderDoc) {
  return { id: _id, amount, currency, placedAt: placedAt?.getTime(), cancelledAt: cancelledAt?.getTime() };
}

function paymentOf({ _id, kind, amount, currency, at, orderId, dealId, paymentId }: PaymentDoc) {
  return { id: _id, kind, amount, currency, at: at.getTime(), orderId, dealId, paymentId };
}
