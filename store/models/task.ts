import { model, Schema } from 'mongoose';
import type { LocalizedText } from '../../engine/model/effects.ts';
import type { SubjectRef } from '../../engine/model/state.ts';

/** Something a person must do. */
export interface TaskDoc {
  _id: string;
  /** Effect key, where a step made it. */
  effectKey?: string;
  subject: SubjectRef;
  contactId: string;
  title: LocalizedText;
  description?: LocalizedText;
  /** User key; absent: nobody, shown as such. */
  assignee?: string;
  role?: string;
  due?: Date;
  status: 'open' | 'done' | 'cancelled';
  process?: string;
  createdAt: Date;
  closedAt?: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    effectKey: String,
    subject: { type: Schema.Types.Mixed, required: true },
    contactId: { type: String, required: true },
    title: { type: Schema.Types.Mixed, required: true },
    description: Schema.Types.Mixed,
    assignee: String,
    role: String,
    due: Date,
    status: { type: String, required: true },
    process: String,
    createdAt: { type: Date, required: true },
    closedAt: Date,
  },
  { collection: 'tasks', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ effectKey: 1 }, { unique: true, partialFilterExpression: { effectKey: { $type: 'string' } } });
schema.index({ assignee: 1, status: 1, due: 1 });
schema.index({ contactId: 1 });
schema.index({ 'subject.id': 1 });

export const Tasks = model<TaskDoc>('Task', schema);
