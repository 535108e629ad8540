import { model, Schema } from 'mongoose';
import type { Json } from '../../engine/json.ts';
import type { DomainEvent } from '../../engine/model/event.ts';
import type { DefinitionRef, Incident, SubjectRef } from '../../engine/model/state.ts';

/**
 * Where an instance stands: the projection that lists, counts and routing read. The truth is the workflow's state.
 * `starting` instances were let in by the intake, and stand at no step yet that lasts.
 */
export interface InstanceDoc {
  _id: string;
  process: string;
  definition: DefinitionRef;
  subject: SubjectRef;
  contactId: string;
  /** Entry key (`entry.key`), '' without one. */
  entryKey: string;
  trigger: DomainEvent;
  vars: Record<string, Json>;
  status: 'starting' | 'running' | 'paused' | 'ended';
  /** Workflow id of the cohort that hosts it. */
  workflowId?: string;
  /** Steps at which it stands now. */
  at: string[];
  deadline?: Date;
  incidents: (Incident & { step: string; token: number })[];
  outcome?: string;
  startedAt: Date;
  endedAt?: Date;
  updatedAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    process: { type: String, required: true },
    definition: { type: Schema.Types.Mixed, required: true },
    subject: { type: Schema.Types.Mixed, required: true },
    contactId: { type: String, required: true },
    entryKey: { type: String, default: '' },
    trigger: { type: Schema.Types.Mixed, required: true },
    vars: { type: Schema.Types.Mixed, default: {} },
    status: { type: String, required: true },
    workflowId: String,
    at: { type: [String], default: [] },
    deadline: Date,
    incidents: { type: [Schema.Types.Mixed], default: [] },
    outcome: String,
    startedAt: { type: Date, required: true },
    endedAt: Date,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'instances', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ contactId: 1, process: 1 });
schema.index({ process: 1, status: 1, _id: 1 });

export const Instances = model<InstanceDoc>('Instance', schema);
