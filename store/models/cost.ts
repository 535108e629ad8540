import { model, Schema } from 'mongoose';
import type { Cost } from '../../engine/money/acquisition.ts';

/** What was spent on a source, or on one campaign of it. */
export interface CostDoc extends Omit<Cost, 'id'> {
  _id: string;
  /** Route and Idempotency-Key: asked again, it is found. */
  requestKey?: string;
  /** SHA-256 of the request with the Idempotency-Key. */
  requestHash?: string;
  createdBy: string;
  createdAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    requestKey: String,
    requestHash: String,
    source: { type: String, required: true },
    campaign: String,
    from: { type: String, required: true },
    to: { type: String, required: true },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'costs', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ from: 1 });
schema.index({ requestKey: 1 }, { unique: true, partialFilterExpression: { requestKey: { $type: 'string' } } });

export const Costs = model<CostDoc>('Cost', schema);
