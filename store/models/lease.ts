import { model, Schema } from 'mongoose';

/** The right of one process to do something alone, for a while. */
export interface LeaseDoc {
  /** What it is for, e.g. `intake`. */
  _id: string;
  holder: string;
  /** Grows with every change of the holder: writes under an older epoch are refused. */
  epoch: number;
  /** Real time. */
  until: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    holder: { type: String, required: true },
    epoch: { type: Number, required: true },
    until: { type: Date, required: true },
  },
  { collection: 'leases', strict: 'throw', versionKey: false },
);

export const Leases = model<LeaseDoc>('Lease', schema);
