import { model, Schema } from 'mongoose';

/**
 * Messages that one process is handing over right now. No two claims have a message in common: the index refuses the
 * second one. A document of its own, because to change the messages themselves costs ten times as much on some stores.
 */
export interface ClaimDoc {
  _id: string;
  /** Effect keys. */
  messages: string[];
  /** Until when (real time) the claim is believed: then nobody can tell any more what has left. */
  leaseUntil: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    messages: { type: [String], required: true },
    leaseUntil: { type: Date, required: true },
  },
  { collection: 'claims', strict: 'throw', versionKey: false },
);
schema.index({ messages: 1 }, { unique: true });

export const Claims = model<ClaimDoc>('Claim', schema);
