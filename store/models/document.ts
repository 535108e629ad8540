import { model, Schema } from 'mongoose';
import type { Actor } from '../../engine/model/actor.ts';
import type { DocumentSnapshot } from '../../engine/model/document.ts';
import type { DocumentTemplate } from '../../engine/schema/document-template.ts';

export const documentStatuses = ['issued', 'void', 'superseded'] as const;
export type DocumentStatus = (typeof documentStatuses)[number];

/** The bytes of a document in one format: what it was when it was first made, for good. */
export interface DocumentFile {
  /** Id in the file store. */
  file: string;
  /** Hex. */
  sha256: string;
  /** Bytes. */
  size: number;
}

/** A proposal, contract or invoice that has its number. Template, snapshot and bytes never change. */
export interface DocumentDoc {
  _id: string;
  /** Effect key, or route and Idempotency-Key: asked again, it is found. */
  effectKey?: string;
  /** SHA-256 of the request with the Idempotency-Key. */
  requestHash?: string;
  series: string;
  year: number;
  /** 1, 2, 3 … within series and year. */
  n: number;
  /** As people read it: `INV-2026-0001`. */
  number: string;
  contactId: string;
  dealId?: string;
  /** `hash` is the id of the version in `document_templates`. */
  template: { key: string; hash: string };
  /** With the number. */
  snapshot: DocumentSnapshot;
  /** In the currency's main unit, for lists. */
  gross: number;
  status: DocumentStatus;
  pdf?: DocumentFile;
  docx?: DocumentFile;
  /** Ids of the document that this one replaces, and of the one that took its place. */
  supersedes?: string;
  supersededBy?: string;
  voided?: { reason: string; by: Actor; at: Date };
  /** How often something was decided on its bytes: a decision, and a voiding or superseding, come one after the other. */
  decisions?: number;
  createdBy: Actor;
  createdAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    effectKey: String,
    requestHash: String,
    series: { type: String, required: true },
    year: { type: Number, required: true },
    n: { type: Number, required: true },
    number: { type: String, required: true },
    contactId: { type: String, required: true },
    dealId: String,
    template: { type: Schema.Types.Mixed, required: true },
    snapshot: { type: Schema.Types.Mixed, required: true },
    gross: { type: Number, required: true },
    status: { type: String, required: true },
    pdf: Schema.Types.Mixed,
    docx: Schema.Types.Mixed,
    supersedes: String,
    supersededBy: String,
    voided: Schema.Types.Mixed,
    decisions: Number,
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'documents', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ series: 1, year: 1, n: 1 }, { unique: true });
schema.index({ effectKey: 1 }, { unique: true, partialFilterExpression: { effectKey: { $type: 'string' } } });
schema.index({ contactId: 1 });
// A payment names it so.
schema.index({ number: 1 });
schema.index({ dealId: 1 }, { partialFilterExpression: { dealId: { $type: 'string' } } });

export const Documents = model<DocumentDoc>('Document', schema);

/** A version of a template that a document was made from, kept so that the document can be made again. */
export interface DocumentTemplateDoc {
  /** Its hash. */
  _id: string;
  template: DocumentTemplate;
}

const templateSchema: Schema = new Schema(
  { _id: String, template: { type: Schema.Types.Mixed, required: true } },
  { collection: 'document_templates', strict: 'throw', minimize: false, versionKey: false },
);

export const DocumentTemplateVersions = model<DocumentTemplateDoc>('DocumentTemplateVersion', templateSchema);
