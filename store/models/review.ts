import { model, Schema } from 'mongoose';

/** What the clocks of all tickets were looked at against last, and the look that is still to be taken. */
export interface ReviewDoc {
  /** `tickets`. */
  _id: string;
  /** Fingerprint of what is published and of who works: what was looked at, or is about to be. */
  seen: string;
  /** Virtual epoch ms: the run that is under way; its intake documents have their ids from it. Null: none is. */
  run: number | null;
}

const schema: Schema = new Schema(
  { _id: String, seen: { type: String, required: true }, run: { type: Number, default: null } },
  { collection: 'reviews', strict: 'throw', versionKey: false },
);

export const Reviews = model<ReviewDoc>('Review', schema);
