import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { VoronkaError } from '../../engine/errors/error.ts';
import { contentHash } from '../../engine/hash.ts';
import { type Language, languages } from '../../engine/model/contact.ts';
import {
  type DocumentTemplate,
  type DocumentTemplateHead,
  documentBodySchema,
  documentTemplateSchema,
} from '../../engine/schema/document-template.ts';
import {
  documentNameProblems,
  documentTextProblems,
  documentTexts,
  docxLoops,
  requiredNames,
} from '../../engine/validate/document-templates.ts';
import { mistake, type Problem } from '../../engine/validate/problem.ts';
import { type DocxNames, readDocx } from './docx.ts';

/** A template as its folder holds it now. */
export interface LoadedTemplate {
  head: DocumentTemplateHead;
  versions: Record<Language, DocumentTemplate>;
  /** Paths that a document must have, by language. */
  required: Record<Language, readonly string[]>;
}

/** By key. */
export type DocumentTemplates = ReadonlyMap<string, LoadedTemplate>;

/**
 * Reads `templates/documents/<key>/`: template.json, en.json and ru.json, and where a lawyer writes, en.docx and ru.docx.
 * @throws VoronkaError TEMPLATE_INVALID with every mistake: unknown fields, a missing language, a .docx that is none
 */
export async function loadDocumentTemplates(folder: string): Promise<DocumentTemplates> {
  const home = join(folder, 'documents');
  const keys = existsSync(home) ? readdirSync(home).sort() : [];
  return new Map(await Promise.all(keys.map(async (key) => [key, await loadTemplate(home, key)] as const)));
}

async function loadTemplate(home: string, key: string): Promise<LoadedTemplate> {
  const folder = join(home, key);
  const head = parse(join(folder, 'template.json'), documentTemplateSchema);
  const loaded = await Promise.all(languages.map((language) => loadLanguage(folder, key, language, head)));
  const problems = loaded.flatMap((one) => one.problems);
  if (problems.length > 0) {
    const [first] = problems;
    throw new VoronkaError('TEMPLATE_INVALID', `${folder}: ${first?.path}: ${first?.message}`, { problems });
  }
  const [en, ru] = loaded;
  if (en === undefined || ru === undefined) throw new TypeError('a template has two languages');
  return {
    head,
    versions: { en: en.version, ru: ru.version },
    required: { en: en.required, ru: ru.required },
  };
}

async function loadLanguage(folder: string, key: string, language: Language, head: DocumentTemplateHead) {
  const body = parse(join(folder, `${language}.json`), documentBodySchema);
  const texts = documentTexts(language, body);
  const problems = documentTextProblems(texts, head.fields);
  const file = join(folder, `${language}.docx`);
  const docx = existsSync(file) ? readFileSync(file) : undefined;
  const read = docx && (await readDocx(file, docx));
  problems.push(...(read ? docxProblems(language, read, head) : []));
  const kept = { name: head.name, series: head.series, fields: head.fields };
  const version = { key, language, head: kept, body, ...(docx && { docx: docx.toString('base64') }) };
  const required = problems.length > 0 ? [] : requiredNames(texts);
  const more = (read?.names ?? []).filter((name) => !name.includes('/'));
  return {
    problems,
    version: { ...version, hash: contentHash(version) },
    required: [...new Set([...required, ...more])],
  };
}

function docxProblems(language: Language, { names, loops }: DocxNames, { fields }: DocumentTemplateHead): Problem[] {
  const path = [`${language}.docx`];
  const known = Object.keys(docxLoops);
  return [
    ...loops
      .filter((loop) => !known.includes(loop))
      .map((loop) => mistake(path, 'wrong-value', `{#${loop}}: only ${known.join(' and ')} can be repeated`)),
    ...names.flatMap((name) => {
      const [loop = '', member] = name.split('/');
      if (member === undefined) return documentNameProblems(name, path, fields);
      if (docxLoops[loop]?.includes(member)) return [];
      return documentNameProblems(member, path, fields);
    }),
  ];
}

/** @throws VoronkaError TEMPLATE_INVALID naming the file, the place in it and the mistake */
function parse<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  if (!existsSync(file)) throw new VoronkaError('TEMPLATE_INVALID', `${file} is missing: write it`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new VoronkaError('TEMPLATE_INVALID', `${file} is not JSON: ${message}`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new VoronkaError('TEMPLATE_INVALID', `${file}: ${mistakes}`);
}
