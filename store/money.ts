import { type DocumentDoc, Documents } from './models/document.ts';
import { type OrderDoc, Orders } from './models/order.ts';
import { type PaymentDoc, Payments } from './models/payment.ts';
import { inParts } from './parts.ts';

export interface MoneyDocs {
  orders: OrderDoc[];
  payments: PaymentDoc[];
}

/** Orders and payments of contacts, by all ids under which these were ever known. */
export async function moneyOf(contactIds: readonly string[]): Promise<MoneyDocs> {
  const [orders, payments] = await Promise.all([
    inParts(contactIds, (part) => Orders.find({ contactId: { $in: part } }).lean<OrderDoc[]>()),
    inParts(contactIds, (part) => Payments.find({ contactId: { $in: part } }).lean<PaymentDoc[]>()),
  ]);
  return { orders, payments };
}

/** The same by their own ids. */
export async function moneyById(orderIds: readonly string[], paymentIds: readonly string[]): Promise<MoneyDocs> {
  const [orders, payments] = await Promise.all([
    inParts(orderIds, (part) => Orders.find({ _id: { $in: part } }).lean<OrderDoc[]>()),
    inParts(paymentIds, (part) => Payments.find({ _id: { $in: part } }).lean<PaymentDoc[]>()),
  ]);
  return { orders, payments };
}

/** Orders and payments of a deal. */
export async function moneyFor(dealId: string): Promise<MoneyDocs> {
  const [orders, payments] = await Promise.all([
    Orders.find({ dealId }).lean<OrderDoc[]>(),
    Payments.find({ dealId }).lean<PaymentDoc[]>(),
  ]);
  return { orders, payments };
}

/** A document that may be paid. */
export type Paper = Pick<DocumentDoc, '_id' | 'number' | 'dealId'>;

/** Documents by what payments call them: number or id. */
export async function papersNamed(names: readonly string[]): Promise<Paper[]> {
  const fields = { number: 1, dealId: 1 };
  const [byNumber, byId] = await Promise.all([
    inParts(names, (part) => Documents.find({ number: { $in: part } }, fields).lean<Paper[]>()),
    inParts(names, (part) => Documents.find({ _id: { $in: part } }, fields).lean<Paper[]>()),
  ]);
  return [...byNumber, ...byId];
}
