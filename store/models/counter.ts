import { model, Schema } from 'mongoose';

/** The last number given of a running numbering, written in the transaction that uses it. */
export interface CounterDoc {
  /** `tickets`, `deals`, `events`. */
  _id: string;
  value: number;
}

const schema: Schema = new Schema(
  { _id: String, value: { type: Number, required: true } },
  { collection: 'counters', strict: 'throw', versionKey: false },
);

export const Counters = model<CounterDoc>('Counter', schema);
