import { model, Schema } from 'mongoose';
import type { SubjectRef } from '../../engine/model/state.ts';
import type { TaskView } from '../../engine/model/task.ts';

type Times = 'due' | 'remindAt' | 'createdAt' | 'closedAt';

/** Something a person must do, written by the intake alone. */
export interface TaskDoc extends Omit<TaskView, 'id' | Times> {
  _id: string;
  subject: SubjectRef;
  /** Under which it was made: after a merge it is found under all ids of the survivor. */
  contactId: string;
  due?: Date;
  remindAt?: Date;
  /** When the present `remindAt`, and the present `due`, were told. */
  remindedAt?: Date;
  overdueAt?: Date;
  /** When it is to be looked at next: of an open one the next time that was not told yet. */
  attentionAt?: Date;
  /** Actor. */
  createdBy: string;
  closedBy?: string;
  createdAt: Date;
  closedAt?: Date;
  updatedAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    subject: { type: Schema.Types.Mixed, required: true },
    contactId: { type: String, required: true },
    title: { type: Schema.Types.Mixed, required: true },
    description: Schema.Types.Mixed,
    assignee: String,
    role: String,
    due: Date,
    remindAt: Date,
    remindedAt: Date,
    overdueAt: Date,
    attentionAt: Date,
    status: { type: String, required: true },
    outcomes: { type: [Schema.Types.Mixed], default: undefined },
    outcome: String,
    comment: String,
    step: Schema.Types.Mixed,
    process: String,
    createdBy: { type: String, required: true },
    closedBy: String,
    createdAt: { type: Date, required: true },
    closedAt: Date,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'tasks', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ assignee: 1, status: 1, due: 1 });
schema.index({ contactId: 1 });
schema.index({ 'subject.id': 1 });
schema.index({ role: 1, status: 1 });
schema.index({ closedBy: 1, closedAt: 1 });
schema.index({ attentionAt: 1 });

export const Tasks = model<TaskDoc>('Task', schema);
