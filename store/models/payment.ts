import { model, Schema } from 'mongoose';
import type { ErrorCode } from '../../engine/errors/catalogue.ts';
import type { Payment } from '../../engine/money/settle.ts';

/** Why money does not count as its sender wanted it to. */
export interface MoneyProblem {
  code: ErrorCode;
  message: string;
}

/** Money that came in, or was given back, written by the intake alone. */
export interface PaymentDoc extends Pick<Payment, 'kind' | 'amount' | 'currency' | 'orderId' | 'dealId' | 'paymentId'> {
  /** The sender's id, or that of the event. */
  _id: string;
  /** Of the deal or the order that it is for: it goes with them when a merge is undone. */
  contactId: string;
  /** Number of the document that was paid. */
  document?: string;
  at: Date;
  problem?: MoneyProblem;
  updatedAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    kind: { type: String, required: true },
    contactId: { type: String, required: true },
    orderId: String,
    dealId: String,
    paymentId: String,
    document: String,
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    at: { type: Date, required: true },
    problem: Schema.Types.Mixed,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'payments', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ contactId: 1 });
schema.index({ dealId: 1 }, { partialFilterExpression: { dealId: { $type: 'string' } } });

export const Payments = model<PaymentDoc>('Payment', schema);
