import { model, Schema } from 'mongoose';
import type { ApprovalState } from '../../engine/approval/state.ts';

/** An approval, written by the intake alone. Times inside are epoch ms, as the reducer has them. */
export interface ApprovalDoc extends Omit<ApprovalState, 'id'> {
  _id: string;
  contactId: string;
  /** Keys of the users who are asked and have not answered. */
  awaited: string[];
  /** Keys of all users who had a place at some time. */
  involved: string[];
  /** When silence has its next consequence: the sweeper looks for it. */
  attentionAt?: Date;
  updatedAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    contactId: { type: String, required: true },
    subject: { type: Schema.Types.Mixed, required: true },
    title: { type: Schema.Types.Mixed, required: true },
    amount: Number,
    currency: String,
    document: Schema.Types.Mixed,
    round: { type: Number, required: true },
    status: { type: String, required: true },
    stages: { type: [Schema.Types.Mixed], default: [] },
    terms: { type: Schema.Types.Mixed, required: true },
    step: Schema.Types.Mixed,
    process: String,
    dueAt: Number,
    remindAt: Number,
    escalateAt: Number,
    trail: { type: [Schema.Types.Mixed], default: [] },
    requestedBy: { type: String, required: true },
    requestedAt: { type: Number, required: true },
    decidedAt: Number,
    awaited: { type: [String], default: [] },
    involved: { type: [String], default: [] },
    attentionAt: Date,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'approvals', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ awaited: 1 });
schema.index({ involved: 1 });
schema.index({ contactId: 1 });
schema.index({ 'subject.id': 1 });
schema.index({ 'document.id': 1 }, { partialFilterExpression: { 'document.id': { $type: 'string' } } });
schema.index({ attentionAt: 1 }, { partialFilterExpression: { attentionAt: { $type: 'date' } } });

export const Approvals = model<ApprovalDoc>('Approval', schema);
