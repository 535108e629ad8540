import { model, Schema } from 'mongoose';
import type { JsonObject } from '../../engine/json.ts';

export type IntakeKind =
  | 'lead'
  | 'event'
  | 'enrol'
  | 'change'
  | 'score'
  | 'segment'
  | 'consent'
  | 'suppression'
  | 'unmerge'
  | 'review'
  | 'ticket'
  | 'deal'
  | 'task'
  | 'approval'
  | 'document'
  | 'steps';

/** One thing to be applied to one contact. The shapes of the bodies are in delivery/intake/items.ts. */
export interface IntakeItem {
  kind: IntakeKind;
  /** Id of the domain event that it becomes: unique for ever, the same id is never applied twice. */
  id: string;
  /** JSON, but for members that are `undefined`: these are not stored. */
  body: object;
  /** `api`, `form:<key>`, `delivery`, `engine`, `schedule`, `person:<user>`. */
  source: string;
}

/**
 * The inbox of everything that was accepted, written before the 202: the queue in Redis only nudges and can be rebuilt
 * from here. A document is one request, or several of one event each that came together; such a request has its item's id.
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
  /** `failed`: every item had a problem. */
  status: 'pending' | 'done' | 'failed';
  /** Number of items, from the first on, that are applied or have a problem. */
  applied: number;
  /** Problems of items that could not be applied; `kept`: it was, but does not count as its sender wanted it to. */
  problems: { item: string; code: string; message: string; details?: JsonObject; kept?: true }[];
}

/** As it is stored: the items as one JSON text. The store never looks into them, and a text costs a fraction of a tree. */
export type StoredIntake = Omit<IntakeDoc, 'items'> & { items: string };

const schema: Schema = new Schema(
  {
    _id: String,
    idempotencyKey: String,
    bodyHash: String,
    answer: Schema.Types.Mixed,
    items: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    status: { type: String, required: true },
    applied: { type: Number, default: 0 },
    problems: { type: [Schema.Types.Mixed], default: [] },
  },
  { collection: 'intake', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ idempotencyKey: 1 }, { unique: true, partialFilterExpression: { idempotencyKey: { $type: 'string' } } });
schema.index({ status: 1, receivedAt: 1, _id: 1 });

export const Intake = model<StoredIntake>('Intake', schema);
