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
  /** Key of the team. */
  team?: string;
  skills: string[];
  /** Most open tickets at a time; absent: no bound of their own. */
  capacity?: number;
  /** Key of the calendar of their working hours; absent: always at work. */
  calendar?: string;
  /** Away from the one instant until before the other; `deputy` (user key) gets what is escalated to them meanwhile. */
  absences: { from: Date; until: Date; deputy?: string }[];
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
    team: String,
    skills: { type: [String], default: [] },
    capacity: Number,
    calendar: String,
    absences: { type: [Schema.Types.Mixed], default: [] },
    lastAssigned: { type: Number, default: 0 },
  },
  { collection: 'users', strict: 'throw', versionKey: false },
);

export const Users = model<UserDoc>('User', schema);
