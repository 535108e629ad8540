import { dealFields } from '../conditions/environment.ts';
import { documentContactFields } from '../documents/snapshot.ts';
import { clientNames, itemNames, taxNames, totalNames } from '../documents/view.ts';
import type { Language } from '../model/contact.ts';
import type { DocumentBody, DocumentTemplateHead } from '../schema/document-template.ts';
import { mistake, type Path, type Problem } from './problem.ts';
import { hint, suggest } from './suggest.ts';
import { readTemplate } from './template-variables.ts';

/** A text of a document template, and what its plain names are: fields of the document, or of one line of it. */
export interface DocumentText {
  path: Path;
  text: string;
  row?: readonly string[];
}

const helpers = ['if', 'unless', 'each', 'money', 'date'];
const companyNames = ['name', 'timezone', 'language', 'from', 'address', 'details'];
/** What holds values that are named behind a dot. */
const members: Record<string, readonly string[]> = {
  contact: documentContactFields,
  deal: Object.keys(dealFields),
  company: companyNames,
  client: clientNames,
  totals: totalNames,
};
const plain = ['number', 'issued', 'language', 'currency', 'supersedes', 'items', 'taxes'];

/** All texts of a template's body with their places. */
export function documentTexts(language: Language, { title, blocks }: DocumentBody): DocumentText[] {
  const file = `${language}.json`;
  const texts: DocumentText[] = [{ path: [file, 'title'], text: title }];
  for (const [index, block] of blocks.entries()) {
    const at = [file, 'blocks', index];
    if (block.type === 'items') {
      for (const [n, { value, head }] of block.columns.entries()) {
        texts.push({ path: [...at, 'columns', n, 'value'], text: value, row: itemNames });
        texts.push({ path: [...at, 'columns', n, 'head'], text: head });
      }
      texts.push(...allTexts(block.totals, [...at, 'totals']));
    } else texts.push(...allTexts(block, at));
  }
  return texts;
}

function allTexts(value: unknown, path: Path): DocumentText[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((one, index) => allTexts(one, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => allTexts(one, [...path, name]));
}

/** Every mistake in texts: no Handlebars, names and helpers that do not exist. */
export function documentTextProblems(
  texts: readonly DocumentText[],
  fields: DocumentTemplateHead['fields'],
): Problem[] {
  return texts.flatMap(({ path, text, row }) => {
    try {
      const { required, optional, helpers: called } = readTemplate(text);
      return [
        ...[...required, ...optional].flatMap((name) => documentNameProblems(name, path, fields, row)),
        ...[...called].flatMap((name) => unknown('helper', name, helpers, path)),
      ];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return [mistake(path, 'wrong-value', `this is no Handlebars text: ${message}`)];
    }
  });
}

/** What is wrong with one name, such as `data.dueDate` or, in a row, `gross`. */
export function documentNameProblems(
  name: string,
  path: Path,
  fields: DocumentTemplateHead['fields'],
  row?: readonly string[],
): Problem[] {
  if (row !== undefined) return unknown('name in a line', name, row, path);
  const [root = '', member] = name.split('.');
  const roots = [...Object.keys(members), 'data', ...plain];
  const known = root === 'data' ? Object.keys(fields) : members[root];
  if (known === undefined) return unknown('name', root, roots, path);
  return member === undefined ? [] : unknown(`field of ${root}`, member, known, path);
}

/** Paths that the texts read outside of `{{#if}}`: these a document must have. */
export function requiredNames(texts: readonly DocumentText[]): string[] {
  const names = texts.flatMap(({ text, row }) => (row === undefined ? [...readTemplate(text).required] : []));
  return [...new Set(names)].sort();
}

/** Names of the rows that a .docx may repeat. */
export const docxLoops: Record<string, readonly string[]> = { items: itemNames, taxes: taxNames };

function unknown(what: string, name: string, known: readonly string[], path: Path): Problem[] {
  if (known.includes(name)) return [];
  return [mistake(path, 'wrong-value', `unknown ${what} "${name}"${hint(name, known)}`, suggest(name, known))];
}
