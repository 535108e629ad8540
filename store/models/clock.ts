import { model, Schema } from 'mongoose';
import type { Clock, ClockEntry } from '../../engine/model/clock.ts';
import type { DefinitionRef } from '../../engine/model/state.ts';

/** The clocks of a ticket as they were decided last: a projection for lists, counting down and the derivation. */
export interface ClocksDoc {
  /** Ticket id. */
  _id: string;
  instance: string;
  policy?: DefinitionRef;
  clocks: Clock[];
  ledger: ClockEntry[];
  /** Earliest due time of a running clock that is not breached yet. */
  due?: Date;
  breached: boolean;
  updatedAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    instance: { type: String, required: true },
    policy: Schema.Types.Mixed,
    clocks: { type: [Schema.Types.Mixed], default: [] },
    ledger: { type: [Schema.Types.Mixed], default: [] },
    due: Date,
    breached: { type: Boolean, default: false },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'clocks', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ due: 1 });
schema.index({ updatedAt: 1 });

export const Clocks = model<ClocksDoc>('Clocks', schema);
