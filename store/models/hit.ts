import { model, Schema } from 'mongoose';

/** One request for a tracking pixel or a tracked link. */
export interface HitDoc {
  _id: string;
  /** Effect key of the message. */
  message: string;
  kind: 'open' | 'click';
  url?: string;
  /** Why it is taken for a machine and not counted; absent for a person. */
  scanner?: string;
  agent: string;
  at: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    message: { type: String, required: true },
    kind: { type: String, required: true },
    url: String,
    scanner: String,
    agent: { type: String, default: '' },
    at: { type: Date, required: true },
  },
  { collection: 'hits', strict: 'throw', versionKey: false },
);
schema.index({ message: 1, at: 1 });
schema.index({ at: 1 });

export const Hits = model<HitDoc>('Hit', schema);
