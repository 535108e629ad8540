import { model, Schema } from 'mongoose';

/**
 * Messages of one bucket that one process is handing over right now. No two claims have a message in common, because each
 * message has one bucket and the key of this collection refuses a second claim of it. A document of its own, without other
 * indexes, because to change the messages themselves costs ten times as much on some stores.
 */
export interface ClaimDoc {
  /** The bucket. */
  _id: string;
  /** Who let go too late must not let go of somebody else's claim. */
  holder: string;
  /** Effect keys. */
  messages: string[];
  /** Until when (real time) the claim is believed: then nobody can tell any more what has left. */
  leaseUntil: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    holder: { type: String, required: true },
    messages: { type: [String], required: true },
    leaseUntil: { type: Date, required: true },
  },
  { collection: 'claims', strict: 'throw', versionKey: false },
);

export const Claims = model<ClaimDoc>('Claim', schema);
