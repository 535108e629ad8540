import { model, Schema } from 'mongoose';
import type { TimelineEntry } from '../../engine/model/timeline.ts';

/** A line of an instance's timeline. */
export type JournalEntry = TimelineEntry & { instance: string };

/** What a turn did to one instance. */
export interface JournalLines {
  instance: string;
  /** `TimelineEntry[]` as JSON text: nobody looks into it in the store, and a text costs it a third of what objects do. */
  lines: string;
}

/** The timeline entries of all instances that one turn moved, in one document: a cohort of 500 costs one write. Id = `workflow/turn`. */
export interface JournalDoc {
  _id: string;
  instances: string[];
  /** One for each instance; earlier versions wrote one for each line. */
  entries: (JournalLines | JournalEntry)[];
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
schema.index({ at: 1 });

export const Journal = model<JournalDoc>('Journal', schema);
