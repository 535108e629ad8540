import { model, Schema } from 'mongoose';
import type { TimelineEntry } from '../../engine/model/timeline.ts';

/**
 * The timeline entries of all instances that one decision moved, in one document: a cohort of 200 costs one write.
 * Id = `workflow/turn/link`: the links of a turn are its decisions one after the other, with effects performed between.
 */
export interface JournalDoc {
  _id: string;
  instances: string[];
  entries: (TimelineEntry & { instance: string })[];
  at: Date;
  /**
   * What was decided, kept until it is in the workflow's history: a run after a crash performs it again and decides
   * nothing anew. JSON text, because it is read back as it was and by nobody else. Absent when nothing was to be performed.
   */
  decision?: string;
}

const schema: Schema = new Schema(
  {
    _id: String,
    instances: { type: [String], required: true },
    entries: { type: [Schema.Types.Mixed], required: true },
    at: { type: Date, required: true },
    decision: String,
  },
  { collection: 'journal', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ instances: 1 });
schema.index({ at: 1 });

export const Journal = model<JournalDoc>('Journal', schema);
