import { model, type mongo, Schema } from 'mongoose';

/**
 * What one link of a turn decided, kept until it is in the workflow's history: a run after a crash performs it again and
 * decides nothing anew. Id = `workflow/turn/link`.
 */
export interface DecisionDoc {
  _id: string;
  /** Those that it moved. */
  instances: string[];
  at: Date;
  /** Packed, because it is read back as it was and by nobody else. Earlier versions: its JSON text. */
  decision: mongo.Binary | string;
}

const schema: Schema = new Schema(
  {
    _id: String,
    instances: { type: [String], required: true },
    at: { type: Date, required: true },
    decision: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'decisions', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ at: 1 });

export const Decisions = model<DecisionDoc>('Decision', schema);
