import { model, Schema } from 'mongoose';
import type { JsonObject } from '../../engine/json.ts';

/** What one accepted request asks to be applied, in order. */
export type IntakeItem =
  | { kind: 'lead'; id: string; body: JsonObject; source: string }
  | { kind: 'event'; id: string; body: JsonObject; source: string }
  | { kind: 'enrol'; id: string; body: JsonObject; source: string };

/**
 * The inbox of everything that was accepted, written before the 202: the queue in Redis only nudges and can be rebuilt
 * from here.
 */
export interface IntakeDoc {
  _id: string;
  /** `Idempotency-Key` of the request, with the route; unique where given. */
  idempotencyKey?: string;
  /** SHA-256 of the canonical request body. */
  bodyHash?: string;
  /** The answer that was given, to be given again. */
  answer?: JsonObject;
  items: IntakeItem[];
  receivedAt: Date;
  status: 'pending' | 'done' | 'failed';
  /** Problems of items that could not be applied. */
  problems: { item: string; code: string; message: string }[];
}

const schema: Schema = new Schema(
  {
    _id: String,
    idempotencyKey: String,
    bodyHash: String,
    answer: Schema.Types.Mixed,
    items: { type: [Schema.Types.Mixed], required: true },
    receivedAt: { type: Date, required: true },
    status: { type: String, required: true },
    problems: { type: [Schema.Types.Mixed], default: [] },
  },
  { collection: 'intake', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ idempotencyKey: 1 }, { unique: true, partialFilterExpression: { idempotencyKey: { $type: 'string' } } });
schema.index({ status: 1, _id: 1 });

export const Intake = model<IntakeDoc>('Intake', schema);
