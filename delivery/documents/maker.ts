import { createHash } from 'node:crypto';
import { dataProblems } from '../../engine/documents/missing.ts';
import { type DocumentOrder, seriesYear, snapshotOf, writtenNumber } from '../../engine/documents/snapshot.ts';
import { totalsOf } from '../../engine/documents/totals.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { Actor } from '../../engine/model/actor.ts';
import type { DocumentFormat, DocumentSnapshot } from '../../engine/model/document.ts';
import type { DocumentTemplate } from '../../engine/schema/document-template.ts';
import { hint } from '../../engine/validate/suggest.ts';
import { findTemplateVersion, keepBytes, keepTemplate, numberDocuments } from '../../store/documents.ts';
import { keepFile } from '../../store/files.ts';
import { newId } from '../../store/id.ts';
import type { DocumentDoc, DocumentFile } from '../../store/models/document.ts';
import { coalesce } from '../coalesce.ts';
import type { DocumentTemplates } from './load.ts';
import type { RenderPool } from './pool.ts';
import { tellingOfBytes } from './telling.ts';

/** An order that is to become a document with a number. */
export interface Issue extends DocumentOrder {
  by: Actor;
  dealId?: string | undefined;
  /** Asked again with the same key, the same document is answered. */
  effectKey?: string | undefined;
  /** What was asked under that key. */
  requestHash?: string | undefined;
  /** Id of the document that this one replaces. */
  supersedes?: { id: string; number: string };
}

export const mediaTypes: Record<DocumentFormat, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** Milliseconds in which documents gather that get their numbers in one transaction. */
const gathering = 2;

/** Makes documents: checks the order, gives it a number, draws it, keeps its bytes. */
export class DocumentMaker {
  readonly templates: DocumentTemplates;
  readonly #pool: RenderPool;
  readonly #number = coalesce(numberDocuments, gathering);

  constructor(templates: DocumentTemplates, pool: RenderPool) {
    this.templates = templates;
    this.#pool = pool;
  }

  /** The document without a number, and nothing of it kept. Errors are those of `issue`. */
  async preview(order: DocumentOrder, format: DocumentFormat): Promise<Uint8Array> {
    const { template, snapshot } = this.#prepare(order);
    mustHave(template, format);
    return await this.#pool.render({ kind: format, template, snapshot });
  }

  /**
   * A document with its number and its PDF. What is wrong with the order is found before a number is given.
   * @throws VoronkaError TEMPLATE_NOT_FOUND, DOCUMENT_DATA_INVALID, TEMPLATE_INVALID, TEMPLATE_VARIABLE_MISSING;
   * DOCUMENT_NOT_CURRENT for one that supersedes; DOCUMENT_RENDERING_FAILED: under the same key it is drawn again
   */
  async issue({ by, dealId, effectKey, requestHash, supersedes, ...order }: Issue): Promise<DocumentDoc> {
    const { template, snapshot: plain } = this.#prepare(order);
    const snapshot = supersedes === undefined ? plain : { ...plain, supersedes: supersedes.number };
    await this.#pool.render({ kind: 'check', template, snapshot });
    await keepTemplate(template);
    const { key: series, prefix } = template.head.series;
    const year = seriesYear(snapshot);
    const [doc = null] = await this.#number([
      {
        series,
        year,
        written: (n) => writtenNumber(prefix, year, n),
        ...(effectKey !== undefined && { effectKey }),
        ...(requestHash !== undefined && { requestHash }),
        contactId: order.contact.id,
        ...(dealId !== undefined && { dealId }),
        template: { key: template.key, hash: template.hash },
        snapshot,
        gross: grossOf(snapshot),
        ...(supersedes !== undefined && { supersedes: supersedes.id }),
        createdBy: by,
        createdAt: new Date(order.now),
      },
    ]);
    if (doc === null) throw notCurrent(supersedes?.number ?? '');
    return { ...doc, pdf: await this.file(doc, 'pdf') };
  }

  /**
   * What a document is in one format; it is made now where it was not yet.
   * @throws VoronkaError NOT_FOUND for a format that its template does not have, DOCUMENT_RENDERING_FAILED
   */
  async file(doc: DocumentDoc, format: DocumentFormat): Promise<DocumentFile> {
    const kept = doc[format];
    if (kept !== undefined) return kept;
    const content = await this.#draw(doc, format);
    const name = fileName(doc, format);
    const { id, size } = await keepFile({ id: newId(), name, type: mediaTypes[format] }, content);
    const file = { file: id, size, sha256: hashOf(content) };
    return await keepBytes(doc._id, format, file, format === 'pdf' ? tellingOfBytes(doc) : []);
  }

  /**
   * Makes a document again from its snapshot and its template's version, and compares it with what was kept.
   * @throws VoronkaError DOCUMENT_BYTES_DIFFER
   */
  async remake(doc: DocumentDoc, format: DocumentFormat): Promise<DocumentFile> {
    const kept = await this.file(doc, format);
    const sha256 = hashOf(await this.#draw(doc, format));
    if (sha256 === kept.sha256) return kept;
    throw new VoronkaError('DOCUMENT_BYTES_DIFFER', `${doc.number}: SHA-256 is ${sha256} and was ${kept.sha256}`);
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  async #draw({ number, snapshot, template: { key, hash } }: DocumentDoc, format: DocumentFormat): Promise<Buffer> {
    const template = await findTemplateVersion(hash);
    if (template === null) throw new VoronkaError('TEMPLATE_NOT_FOUND', `${number}: version ${hash} of ${key} is gone`);
    mustHave(template, format);
    return Buffer.from(await this.#pool.render({ kind: format, template, snapshot }));
  }

  #prepare(order: DocumentOrder): { template: DocumentTemplate; snapshot: DocumentSnapshot } {
    const { template: key } = order.content;
    const loaded = this.templates.get(key);
    if (loaded === undefined) {
      const near = hint(key, this.templates.keys());
      throw new VoronkaError('TEMPLATE_NOT_FOUND', `there is no document template "${key}"${near}`);
    }
    const snapshot = snapshotOf(order);
    const { language } = snapshot;
    const needs = { required: loaded.required[language], fields: loaded.head.fields };
    const problems = dataProblems(needs, snapshot);
    const [first] = problems;
    if (first === undefined) return { template: loaded.versions[language], snapshot };
    throw new VoronkaError('DOCUMENT_DATA_INVALID', `${key}: ${first.message}`, { problems });
  }
}

/** `INV-2026-0001.pdf` */
export function fileName({ number }: Pick<DocumentDoc, 'number'>, format: DocumentFormat): string {
  return `${number.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.${format}`;
}

export function notCurrent(number: string): VoronkaError {
  return new VoronkaError('DOCUMENT_NOT_CURRENT', `${number} is void or superseded already`);
}

function mustHave({ key, language, docx }: DocumentTemplate, format: DocumentFormat): void {
  if (format === 'pdf' || docx !== undefined) return;
  throw new VoronkaError('NOT_FOUND', `"${key}" has no Word form: add templates/documents/${key}/${language}.docx`);
}

function grossOf({ items, currency, taxIncluded }: DocumentSnapshot): number {
  const { gross, digits } = totalsOf(items, currency, taxIncluded);
  return Number(gross) / 10 ** digits;
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
