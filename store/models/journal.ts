import { model, type mongo, Schema } from 'mongoose';
import type { TimelineEntry } from '../../engine/model/timeline.ts';

/** A line of an instance's timeline. */
export type JournalEntry = TimelineEntry & { instance: string };

/** The timeline entries of all instances that one turn moved, in one document: a cohort of 1,000 costs one write. Id = `workflow/turn`. */
export interface JournalDoc {
  _id: string;
  instances: string[];
  /** `JournalEntry[]`, packed. */
  lines?: mongo.Binary;
  /** The same of earlier versions. */
  entries?: JournalEntry[];
  at: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    instances: { type: [String], required: true },
    lines: Buffer,
    entries: { type: [Schema.Types.Mixed], default: undefined },
    at: { type: Date, required: true },
  },
  { collection: 'journal', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ instances: 1 });
schema.index({ at: 1 });

export const Journal = model<JournalDoc>('Journal', schema);
