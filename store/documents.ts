import mongoose, { type ClientSession } from 'mongoose';
import type { DocumentTemplate } from '../engine/schema/document-template.ts';
import { insertOnce, isDuplicate } from './duplicates.ts';
import { newId } from './id.ts';
import { insertWithin } from './intake.ts';
import { type CounterDoc, Counters } from './models/counter.ts';
import {
  type DocumentDoc,
  type DocumentFile,
  type DocumentStatus,
  Documents,
  type DocumentTemplateDoc,
  DocumentTemplateVersions,
} from './models/document.ts';
import type { IntakeDoc } from './models/intake.ts';
import { after, type Page, type PageRequest, page } from './page.ts';

/** A document that is to get its number. */
export interface DocumentDraft
  extends Omit<DocumentDoc, '_id' | 'n' | 'number' | 'status' | 'pdf' | 'docx' | 'voided' | 'decisions'> {
  /** How a number of the series is written. */
  written: (n: number) => string;
}

/**
 * Gives documents their numbers and keeps them, all in one transaction: whatever ends it, a number is used or was never
 * given. A draft whose `effectKey` has its document already gets that one, and no number.
 * @returns one document per draft, in their order; null where the document that it supersedes is no longer current
 */
export async function numberDocuments(drafts: readonly DocumentDraft[]): Promise<(DocumentDoc | null)[]> {
  const keys = [...new Set(drafts.map(counterKey))];
  for (let attempt = 1; ; attempt++) {
    try {
      return await mongoose.connection.transaction(async (session) => await number(drafts, session));
    } catch (error) {
      // Somebody else began the series, or made the same document, in this very moment: now it is there to be found.
      if (attempt === 5 || !(error instanceof MissingCounter || isDuplicate(error))) throw error;
      await beginSeries(keys);
    }
  }
}

/** The series has no counter yet; a transaction would fight with others over making it. */
class MissingCounter extends Error {}

async function number(drafts: readonly DocumentDraft[], session: ClientSession): Promise<(DocumentDoc | null)[]> {
  const known = await byEffectKey(drafts, session);
  const numbered: (DocumentDoc | null)[] = [];
  const made: DocumentDoc[] = [];
  for (const { written, ...draft } of drafts) {
    const before = draft.effectKey === undefined ? undefined : known.get(draft.effectKey);
    if (before !== undefined) {
      numbered.push(before);
      continue;
    }
    const _id = newId();
    if (draft.supersedes !== undefined && !(await retire(draft.supersedes, _id, session))) {
      numbered.push(null);
      continue;
    }
    const n = await nextNumber(counterKey(draft), session);
    const text = written(n);
    const doc: DocumentDoc = {
      ...draft,
      _id,
      n,
      number: text,
      snapshot: { ...draft.snapshot, number: text },
      status: 'issued',
    };
    if (doc.effectKey !== undefined) known.set(doc.effectKey, doc);
    numbered.push(doc);
    made.push(doc);
  }
  if (made.length > 0) await Documents.insertMany(made, { session });
  return numbered;
}

async function byEffectKey(
  drafts: readonly DocumentDraft[],
  session: ClientSession,
): Promise<Map<string, DocumentDoc>> {
  const keys = drafts.flatMap(({ effectKey }) => effectKey ?? []);
  if (keys.length === 0) return new Map();
  const docs = await Documents.find({ effectKey: { $in: keys } }, null, { session }).lean<DocumentDoc[]>();
  return new Map(docs.map((doc) => [doc.effectKey ?? '', doc]));
}

async function nextNumber(key: string, session: ClientSession): Promise<number> {
  const update = { $inc: { value: 1 } };
  const counter = await Counters.findOneAndUpdate({ _id: key }, update, { session, returnDocument: 'after' }).lean();
  if (counter === null) throw new MissingCounter();
  return counter.value;
}

async function beginSeries(keys: readonly string[]): Promise<void> {
  const counters = keys.map((_id) => ({ _id, value: 0 }));
  await insertOnce<CounterDoc>(Counters, counters);
}

function counterKey({ series, year }: Pick<DocumentDraft, 'series' | 'year'>): string {
  return `documents/${series}/${year}`;
}

async function retire(id: string, by: string, session: ClientSession): Promise<boolean> {
  const set = { status: 'superseded' as const, supersededBy: by };
  const { modifiedCount } = await Documents.updateOne({ _id: id, status: 'issued' }, { $set: set }, { session });
  return modifiedCount === 1;
}

export async function findDocument(id: string): Promise<DocumentDoc | null> {
  return await Documents.findById(id).lean<DocumentDoc>();
}

/**
 * Voids an issued document, and accepts in the same transaction what tells of it.
 * @returns null when it is not issued (any more), or not there
 */
export async function voidDocument(
  id: string,
  voided: NonNullable<DocumentDoc['voided']>,
  telling: IntakeDoc,
): Promise<DocumentDoc | null> {
  const update = { $set: { status: 'void' as const, voided } };
  return await mongoose.connection.transaction(async (session) => {
    const options = { returnDocument: 'after', session } as const;
    const doc = await Documents.findOneAndUpdate({ _id: id, status: 'issued' }, update, options).lean<DocumentDoc>();
    if (doc !== null) await insertWithin([telling], session);
    return doc;
  });
}

/**
 * Keeps what a document's bytes are, once, and accepts in the same transaction what tells of it.
 * @returns what is kept, which may be what somebody else kept before.
 */
export async function keepBytes(
  id: string,
  format: 'pdf' | 'docx',
  file: DocumentFile,
  telling: readonly IntakeDoc[],
): Promise<DocumentFile> {
  return await mongoose.connection.transaction(async (session) => {
    const filter = { _id: id, [format]: { $exists: false } };
    const { modifiedCount } = await Documents.updateOne(filter, { $set: { [format]: file } }, { session });
    if (modifiedCount === 1) {
      await insertWithin(telling, session);
      return file;
    }
    const doc = await Documents.findById(id, { [format]: 1 }, { session })
      .orFail()
      .lean<DocumentDoc>();
    return doc[format] ?? file;
  });
}

/** A document on which something was decided is in force no longer. */
export class DocumentMoved extends Error {}

/**
 * Keeps documents as they are until the transaction is over: whoever voids or supersedes one of them meanwhile is first or waits.
 * @throws DocumentMoved when one of them is not in force any more
 */
export async function fenceDocuments(ids: readonly string[], session: ClientSession): Promise<void> {
  if (ids.length === 0) return;
  const filter = { _id: { $in: [...ids] }, status: 'issued' as const };
  const { matchedCount } = await Documents.updateMany(filter, { $inc: { decisions: 1 } }, { session });
  if (matchedCount < ids.length) throw new DocumentMoved('a document was voided or superseded meanwhile');
}

export interface DocumentFilter {
  /** The contact's own id and those that were merged into it. */
  contactIds?: readonly string[] | undefined;
  dealId?: string | undefined;
  series?: string | undefined;
  status?: DocumentStatus | undefined;
}

/** A document without the bulk of its snapshot. */
export type DocumentRow = Omit<DocumentDoc, 'snapshot'> & {
  snapshot: Pick<DocumentDoc['snapshot'], 'language' | 'currency'>;
};

const bulk = {
  'snapshot.items': 0,
  'snapshot.contact': 0,
  'snapshot.deal': 0,
  'snapshot.company': 0,
  'snapshot.data': 0,
} as const;

/** Documents by their ids. */
export async function documentRows(ids: readonly string[]): Promise<DocumentRow[]> {
  return ids.length === 0 ? [] : await Documents.find({ _id: { $in: ids } }, bulk).lean<DocumentRow[]>();
}

/** The latest first. */
export async function listDocuments(
  { contactIds, ...filter }: DocumentFilter,
  request: PageRequest,
): Promise<Page<DocumentRow>> {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  const whose = contactIds === undefined ? {} : { contactId: { $in: [...contactIds] } };
  const rows = await Documents.find({ ...given, ...whose, ...after(request) }, bulk)
    .sort({ _id: -1 })
    .limit(request.limit + 1)
    .lean<DocumentRow[]>();
  return page(rows, request);
}

/** Keeps a version of a template, once. */
export async function keepTemplate(template: DocumentTemplate): Promise<void> {
  if ((await DocumentTemplateVersions.exists({ _id: template.hash })) !== null) return;
  await insertOnce<DocumentTemplateDoc>(DocumentTemplateVersions, [{ _id: template.hash, template }]);
}

export async function findTemplateVersion(hash: string): Promise<DocumentTemplate | null> {
  const doc = await DocumentTemplateVersions.findById(hash).lean<DocumentTemplateDoc>();
  return doc?.template ?? null;
}
