import { type TemplateContent, type TemplateData, TemplateHandler } from 'easy-template-x';
import JSZip from 'jszip';
import { documentView } from '../../engine/documents/view.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { JsonObject } from '../../engine/json.ts';
import type { DocumentSnapshot } from '../../engine/model/document.ts';
import type { DocumentTemplate } from '../../engine/schema/document-template.ts';

/** The names that stand in a .docx as `{name}`; those inside of a loop follow its name after a `/`. */
export interface DocxNames {
  names: string[];
  /** Of `{#items}…{/items}` and `{#taxes}…{/taxes}`. */
  loops: string[];
}

/**
 * What a .docx template reads.
 * @throws VoronkaError TEMPLATE_INVALID for what is no Word document, and for tags that do not close
 */
export async function readDocx(file: string, content: Buffer): Promise<DocxNames> {
  const tags = await opened(file, () => new TemplateHandler().parseTags(content));
  const names: string[] = [];
  const loops: string[] = [];
  const inside: string[] = [];
  for (const { name, disposition } of tags) {
    if (disposition === 'Open') {
      loops.push(name);
      inside.push(name);
    } else if (disposition === 'Close') inside.pop();
    else names.push([...inside.slice(-1), name].join('/'));
  }
  const [open] = inside;
  if (open === undefined) return { names, loops };
  throw new VoronkaError('TEMPLATE_INVALID', `${file}: {#${open}} is not closed: write {/${open}} after the row`);
}

/** Fills a .docx template. The same snapshot gives the same bytes. */
export async function fillDocx({ key, language, docx }: DocumentTemplate, snapshot: DocumentSnapshot): Promise<Buffer> {
  const file = `templates/documents/${key}/${language}.docx`;
  if (docx === undefined) throw new VoronkaError('TEMPLATE_NOT_FOUND', `There is no ${file}`);
  const view = documentView(snapshot);
  const filled = await opened(file, () =>
    handler((path) => tagValue(file, view, path)).process(Buffer.from(docx, 'base64'), {}),
  );
  return await withFixedTimes(filled, new Date(snapshot.at));
}

function handler(value: (path: readonly string[]) => TemplateContent | TemplateData[]): TemplateHandler {
  return new TemplateHandler({ scopeDataResolver: ({ strPath }) => value(strPath) });
}

/** The value of a tag: of the row that it stands in, else of the document. A value that is missing is an error. */
function tagValue(file: string, data: JsonObject, path: readonly string[]): TemplateContent | TemplateData[] {
  const name = path.at(-1) ?? '';
  const rows = path.slice(0, -1);
  const row = rows.length === 0 ? undefined : lookUp(data, rows);
  const value = lookUp(row, [name]) ?? lookUp(data, name.split('.'));
  if (value !== undefined && value !== null) return Array.isArray(value) ? value : String(value);
  throw new VoronkaError('TEMPLATE_VARIABLE_MISSING', `${file}: {${name}} is not there`);
}

function lookUp(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

/** A ZIP says when each of its parts was written: at the document's own time, or no two would be alike. */
async function withFixedTimes(content: Buffer, date: Date): Promise<Buffer> {
  const zip = await JSZip.loadAsync(content);
  const fixed = new JSZip();
  for (const name of Object.keys(zip.files).sort(byPlace)) {
    const part = zip.files[name];
    if (part === undefined || part.dir) continue;
    fixed.file(name, await part.async('nodebuffer'), { date, createFolders: false });
  }
  return await fixed.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

/** Readers that look only at the beginning expect `[Content_Types].xml` there (ISO/IEC 29500-2). */
function byPlace(a: string, b: string): number {
  const first = '[Content_Types].xml';
  if (a === first || b === first) return a === first ? -1 : 1;
  return a < b ? -1 : 1;
}

async function opened<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof VoronkaError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new VoronkaError('TEMPLATE_INVALID', `${file} is no Word document with sound tags (.docx): ${message}`, {
      cause,
    });
  }
}
