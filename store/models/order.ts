import { model, Schema } from 'mongoose';
import type { JsonObject } from '../../engine/json.ts';
import type { Order } from '../../engine/money/settle.ts';

/** An order as the shop told of it, written by the intake alone. */
export interface OrderDoc extends Pick<Order, 'amount' | 'currency'> {
  /** The shop's id. */
  _id: string;
  /** Of its deal where it has one: the id under which that was opened. */
  contactId: string;
  dealId?: string;
  items?: JsonObject[];
  /** Absent while only its cancellation is known. */
  placedAt?: Date;
  cancelledAt?: Date;
  updatedAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    contactId: { type: String, required: true },
    dealId: String,
    amount: Number,
    currency: { type: String, required: true },
    items: Schema.Types.Mixed,
    placedAt: Date,
    cancelledAt: Date,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'orders', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ contactId: 1 });
schema.index({ dealId: 1 }, { partialFilterExpression: { dealId: { $type: 'string' } } });

export const Orders = model<OrderDoc>('Order', schema);
