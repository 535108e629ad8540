import { model, Schema } from 'mongoose';
import type { DealView } from '../../engine/model/deal.ts';

/** One way of a deal from stage to stage, or to its end. */
export interface DealMove {
  at: Date;
  /** Absent: it was made there. */
  from?: string;
  to: string;
  /** Key of the pipeline, where it came from another one. */
  fromPipeline?: string;
  by: string;
  why?: string;
  /** Id of the pipeline's move that it made by itself. */
  move?: string;
  reason?: string;
}

/** What was known of a deal from a moment on, which was one of activity. */
export interface DealPoint {
  at: Date;
  amount?: number;
  currency: string;
  source?: string;
}

/** A deal, written by the intake alone. */
export interface DealDoc
  extends Omit<DealView, 'id' | 'paid' | 'createdAt' | 'stageSince' | 'activityAt' | 'closedAt'> {
  _id: string;
  createdAt: Date;
  stageSince: Date;
  activityAt: Date;
  closedAt?: Date;
  updatedAt: Date;
  /** Stage in which it stood when it was won or lost. */
  closedFrom?: string;
  /** Paid for it, less what was given back, by currency. */
  received?: Record<string, number>;
  /** All of its ways, the latest last. */
  moves: DealMove[];
  /** What was known of it when: a point for each change of that, and at most one a day for activity alone. Absent: it is older than this. */
  trail?: DealPoint[];
  /** What was told last of each move that guards refused, so that it is told once. */
  refusals: Record<string, string>;
}

const schema: Schema = new Schema(
  {
    _id: String,
    number: { type: Number, required: true },
    title: { type: String, required: true },
    contactId: { type: String, required: true },
    pipeline: { type: String, required: true },
    stage: { type: String, required: true },
    status: { type: String, required: true },
    amount: Number,
    currency: { type: String, required: true },
    items: { type: [Schema.Types.Mixed], default: [] },
    owner: String,
    source: String,
    campaign: String,
    lostReason: String,
    attributes: { type: Schema.Types.Mixed, default: {} },
    createdAt: { type: Date, required: true },
    stageSince: { type: Date, required: true },
    activityAt: { type: Date, required: true },
    closedAt: Date,
    updatedAt: { type: Date, required: true },
    closedFrom: String,
    received: Schema.Types.Mixed,
    moves: { type: [Schema.Types.Mixed], default: [] },
    trail: { type: [Schema.Types.Mixed], default: undefined },
    refusals: { type: Schema.Types.Mixed, default: {} },
  },
  { collection: 'deals', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ number: 1 }, { unique: true });
schema.index({ contactId: 1, status: 1 });
schema.index({ pipeline: 1, status: 1 });
schema.index({ updatedAt: 1 });

export const Deals = model<DealDoc>('Deal', schema);
