import { model, Schema } from 'mongoose';

/** The last number given of a running numbering, written in the transaction that uses it: no number is left out. */
export interface CounterDoc {
  /** `tickets`. */
  _id: string;
  value: number;
}

const schema: Schema = new Schema(
  { _id: String, value: { type: Number, required: true } },
  { collection: 'counters', strict: 'throw', versionKey: false },
);

export const Counters = model<CounterDoc>('Counter', schema);
