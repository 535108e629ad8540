import type { ErrorProblem } from '../errors/error.ts';
import { isObject, type Json } from '../json.ts';
import type { DocumentSnapshot } from '../model/document.ts';
import { hint, suggest } from '../validate/suggest.ts';

/** What a template asks of the data: the paths that it reads in any case, and the fields that it declares. */
export interface DocumentNeeds {
  required: readonly string[];
  fields: Readonly<Record<string, { required: boolean }>>;
}

/** Everything that the template reads and nobody gave, and everything that was given and it does not know. */
export function dataProblems({ required, fields }: DocumentNeeds, snapshot: DocumentSnapshot): ErrorProblem[] {
  const { data } = snapshot;
  const known = Object.keys(fields);
  const unknown = Object.keys(data).filter((name) => !known.includes(name));
  const needed = known.filter((name) => fields[name]?.required === true).map((name) => `data.${name}`);
  const missing = [...new Set([...required, ...needed])].filter((path) => isMissing(path, snapshot));
  return [
    ...unknown.map((name) => {
      const near = suggest(name, known);
      const message = `the template has no field "${name}"${hint(name, known)}`;
      return { path: `data.${name}`, code: 'unknown-field', message, ...(near !== undefined && { suggestion: near }) };
    }),
    ...missing.map((path) => ({ path, code: 'missing-data', message: cure(path) })),
  ];
}

function isMissing(path: string, { contact, company, deal, data }: DocumentSnapshot): boolean {
  const [root = '', ...rest] = path.split('.');
  if (path === 'client.name')
    return [contact.company, contact.firstName, contact.lastName, contact.email].every(isEmpty);
  if (path === 'client.person') return [contact.firstName, contact.lastName].every(isEmpty);
  const roots: Record<string, Json | undefined> = { contact, company, deal, data };
  if (!Object.hasOwn(roots, root)) return false;
  let value: Json | undefined = roots[root];
  for (const name of rest) value = isObject(value) ? value[name] : undefined;
  return isEmpty(value);
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '';
}

function cure(path: string): string {
  const [root] = path.split('.');
  const or = `or put the place of the template that reads it into {{#if ${path}}}`;
  if (root === 'data') return `${path} is missing: give it with the document, ${or}`;
  if (root === 'company') return `${path} is missing: write it into the contact policy, ${or}`;
  if (root === 'deal') return `${path} is missing: make the document for a deal that has it, ${or}`;
  const field = path === 'client.name' ? 'company or a name' : path;
  return `${path} is missing: fill in ${field} on the contact, ${or}`;
}
