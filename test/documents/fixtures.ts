import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { packageRoot } from '../../config/root.ts';
import { loadDocumentTemplates } from '../../delivery/documents/load.ts';
import type { Language } from '../../engine/model/contact.ts';
import type { DocumentSnapshot } from '../../engine/model/document.ts';
import type { DocumentTemplate } from '../../engine/schema/document-template.ts';
import { loadLibrary } from '../../library/load.ts';

export const shipped = await loadDocumentTemplates(join(packageRoot, 'templates'));
const { company } = loadLibrary(packageRoot).library.policy;

/** A shipped template with the snapshot of its example. */
export function exampleOf(
  key: string,
  language: Language,
  more: Partial<DocumentSnapshot> = {},
): { template: DocumentTemplate; snapshot: DocumentSnapshot } {
  const loaded = shipped.get(key);
  if (loaded === undefined) throw new Error(`no template ${key}`);
  const { contact, content } = loaded.head.example;
  const { currency, taxIncluded, items, data } = content;
  const own = { language, currency, taxIncluded, items, data, contact, company: { ...company, support: [] } };
  const at = Date.UTC(2026, 10, 22, 21, 30);
  return {
    template: loaded.versions[language],
    snapshot: { ...own, number: 'T-2026-0042', at, zone: 'Europe/Moscow', ...more },
  };
}

export interface ParsedPdf {
  /** Words of each page, joined by single spaces. */
  pages: string[];
  title: string;
}

/** Reads a PDF as any reader does, by its embedded fonts' own maps to Unicode. */
export async function parsePdf(bytes: Uint8Array): Promise<ParsedPdf> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const { info } = await pdf.getMetadata();
  const pages: string[] = [];
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent();
    const texts = items.flatMap((item) => ('str' in item ? [item.str] : []));
    pages.push(texts.join(' ').replaceAll(/\s+/g, ' '));
  }
  await pdf.destroy();
  return { pages, title: 'Title' in info ? String(info.Title) : '' };
}
