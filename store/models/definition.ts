import { model, Schema } from 'mongoose';
import type { JsonObject } from '../../engine/json.ts';

export const definitionKinds = [
  'process',
  'scoring',
  'segment',
  'calendar',
  'form',
  'contact-policy',
  'sla',
  'routing',
  'pipeline',
] as const;
export type DefinitionKind = (typeof definitionKinds)[number];

/** One published version: never changed, never deleted while an instance holds its hash. */
export interface DefinitionVersionDoc {
  /** Content hash. */
  _id: string;
  kind: DefinitionKind;
  key: string;
  version: number;
  body: JsonObject;
  publishedAt: Date;
  publishedBy: string;
}

const versionSchema: Schema = new Schema(
  {
    _id: String,
    kind: { type: String, required: true },
    key: { type: String, required: true },
    version: { type: Number, required: true },
    body: { type: Schema.Types.Mixed, required: true },
    publishedAt: { type: Date, required: true },
    publishedBy: { type: String, required: true },
  },
  { collection: 'definition_versions', strict: 'throw', minimize: false, versionKey: false },
);
versionSchema.index({ kind: 1, key: 1, version: 1 }, { unique: true });

export const DefinitionVersions = model<DefinitionVersionDoc>('DefinitionVersion', versionSchema);

/** The head of a definition: its draft and which version is live. */
export interface DefinitionDoc {
  /** `kind/key`. */
  _id: string;
  kind: DefinitionKind;
  key: string;
  draft?: JsonObject;
  /** Hash and number of the live version; absent before the first publication. */
  live?: { hash: string; version: number };
  /** A switched-off process takes no new entries; its instances go on. */
  enabled: boolean;
  updatedAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    kind: { type: String, required: true },
    key: { type: String, required: true },
    draft: Schema.Types.Mixed,
    live: Schema.Types.Mixed,
    enabled: { type: Boolean, default: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'definitions', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ kind: 1, key: 1 });

export const Definitions = model<DefinitionDoc>('Definition', schema);
