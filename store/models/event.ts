import { model, Schema } from 'mongoose';
import type { JsonObject } from '../../engine/json.ts';

/** One domain event of one contact, applied: the contact's history. */
export interface EventDoc {
  /** The domain event's id. */
  _id: string;
  contactId: string;
  /** Numbers all events of the installation in the order in which they were applied; what failed may leave gaps. */
  seq: number;
  name: string;
  occurredAt: Date;
  receivedAt: Date;
  data: JsonObject;
  /** Effect key of the message it is about. */
  message?: string;
  /** Who sent it: `api`, `form:<key>`, `delivery`, `engine` (score, segment and field changes). */
  source: string;
}

const schema: Schema = new Schema(
  {
    _id: String,
    contactId: { type: String, required: true },
    seq: { type: Number, required: true },
    name: { type: String, required: true },
    occurredAt: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    data: { type: Schema.Types.Mixed, default: {} },
    message: String,
    source: { type: String, required: true },
  },
  { collection: 'events', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ contactId: 1, name: 1, occurredAt: 1 });

export const Events = model<EventDoc>('Event', schema);
