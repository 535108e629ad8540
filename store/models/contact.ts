import { model, Schema } from 'mongoose';
import type { ContactView } from '../../engine/model/contact.ts';

/** A person, deduplicated by `emailKey` and `phoneKey` (normalised forms). */
export interface ContactDoc extends Omit<ContactView, 'id' | 'createdAt'> {
  _id: string;
  emailKey?: string;
  /** E.164. */
  phoneKey?: string;
  /** Lower-case words of name, company, email and phone, for prefix search. */
  search: string[];
  createdAt: Date;
  updatedAt: Date;
  /** Set on a contact that was merged away: the survivor's id. */
  mergedInto?: string;
  /** Ids of the contacts that were merged into this one, directly or not: events and messages keep their contact's id. */
  mergedFrom: string[];
}

const schema: Schema = new Schema(
  {
    _id: String,
    email: String,
    emailKey: String,
    phone: String,
    phoneKey: String,
    firstName: String,
    lastName: String,
    company: String,
    language: { type: String, required: true },
    timezone: String,
    owner: String,
    attributes: { type: Schema.Types.Mixed, default: {} },
    score: { type: Schema.Types.Mixed, required: true },
    segments: { type: [String], default: [] },
    consent: { type: Schema.Types.Mixed, required: true },
    suppressed: { type: Schema.Types.Mixed, default: {} },
    arms: { type: Schema.Types.Mixed, default: {} },
    money: Schema.Types.Mixed,
    search: { type: [String], default: [] },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    mergedInto: String,
    mergedFrom: { type: [String], default: [] },
  },
  { collection: 'contacts', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ emailKey: 1 }, { unique: true, partialFilterExpression: { emailKey: { $type: 'string' } } });
schema.index({ phoneKey: 1 }, { unique: true, partialFilterExpression: { phoneKey: { $type: 'string' } } });
schema.index({ segments: 1, _id: 1 });
schema.index({ search: 1, _id: 1 });
schema.index({ owner: 1, _id: 1 });

export const Contacts = model<ContactDoc>('Contact', schema);
