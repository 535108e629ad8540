import { model, Schema } from 'mongoose';
import type { TimelineEntry } from '../../engine/model/timeline.ts';

/**
 * The timeline entries of all instances that one decision moved, in one document: a cohort of 200 costs one write.
 * Id = `workflow/turn`, so a decision that is made again after a crash overwrites itself.
 */
export interface JournalDoc {
  _id: string;
  instances: string[];
  entries: (TimelineEntry & { instance: string })[];
  at: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    instances: { type: [String], required: true },
    entries: { type: [Schema.Types.Mixed], required: true },
    at: { type: Date, required: true },
  },
  { collection: 'journal', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ instances: 1 });

export const Journal = model<JournalDoc>('Journal', schema);
