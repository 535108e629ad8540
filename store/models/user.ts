import { model, Schema } from 'mongoose';
import type { Language } from '../../engine/model/contact.ts';

/** A person of the company: owner, assignee, recipient of notifications. */
export interface UserDoc {
  /** Key, e.g. `anna`. */
  _id: string;
  name: string;
  email?: string;
  role: string;
  language: Language;
  active: boolean;
  /** Growing number of the last assignment: round robin takes the smallest. */
  lastAssigned: number;
}

const schema: Schema = new Schema(
  {
    _id: String,
    name: { type: String, required: true },
    email: String,
    role: { type: String, required: true },
    language: { type: String, required: true },
    active: { type: Boolean, default: true },
    lastAssigned: { type: Number, default: 0 },
  },
  { collection: 'users', strict: 'throw', versionKey: false },
);

export const Users = model<UserDoc>('User', schema);
