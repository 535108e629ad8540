import { model, Schema } from 'mongoose';
import type { Channel, Purpose } from '../../engine/model/contact.ts';
import type { ScoreEntry } from '../../engine/scoring/entry.ts';

/** One entry of the score ledger as it is stored; `_id` is the entry's id. */
export interface ScoreEntryDoc extends Omit<ScoreEntry, 'id' | 'at'> {
  _id: string;
  contactId: string;
  at: Date;
}

const scoreSchema: Schema = new Schema(
  {
    _id: String,
    contactId: { type: String, required: true },
    axis: { type: String, required: true },
    rule: { type: String, default: '' },
    group: String,
    points: { type: Number, required: true },
    halfLife: String,
    reason: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'score_entries', strict: 'throw', versionKey: false },
);
scoreSchema.index({ contactId: 1, at: 1 });

export const ScoreEntries = model<ScoreEntryDoc>('ScoreEntry', scoreSchema);

/**
 * What was handed over to a contact lately: the caps' memory. One document per contact, changed only under its `rev`,
 * so that two sends can never both take the last place.
 */
export interface SendLedgerDoc {
  /** Contact id. */
  _id: string;
  rev: number;
  sent: { key: string; at: number; channel: Channel; purpose: Purpose }[];
}

const sendSchema: Schema = new Schema(
  { _id: String, rev: { type: Number, required: true }, sent: { type: [Schema.Types.Mixed], default: [] } },
  { collection: 'send_ledger', strict: 'throw', minimize: false, versionKey: false },
);

export const SendLedgers = model<SendLedgerDoc>('SendLedger', sendSchema);
