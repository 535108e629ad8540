import { fieldsOf } from '../conditions/environment.ts';
import type { Colleague, Library } from '../library.ts';
import type { Reference } from '../steps/define.ts';
import { mistake, type Path, type Problem, type ProblemCode, warning } from './problem.ts';
import { hint, suggest } from './suggest.ts';

/** What a definition may name of itself. */
export interface OwnNames {
  key: string;
  steps: readonly string[];
}

/** Looks up one thing that a definition names in the library. Events are not known there, people not always. */
export function referenceProblems(
  reference: Reference,
  path: Path,
  library: Library,
  own: OwnNames = { key: '', steps: [] },
): Problem[] {
  const { kind, key } = reference;
  switch (kind) {
    case 'template':
      return lookUp('message template', 'unknown-template', key, Object.keys(library.templates), path);
    case 'segment':
      return lookUp('segment', 'unknown-segment', key, Object.keys(library.segments), path);
    case 'process':
      return lookUp('process', 'unknown-process', key, [...Object.keys(library.processes), own.key], path);
    case 'calendar':
      return lookUp('calendar', 'unknown-calendar', key, Object.keys(library.calendars), path);
    case 'send-window':
      return lookUp('send window', 'unknown-send-window', key, Object.keys(library.policy.sendWindows), path);
    case 'step':
      return lookUp('step', 'unknown-step', key, own.steps, path);
    case 'field':
      return fieldProblems(key, path);
    case 'routing':
      return lookUp('routing', 'unknown-routing', key, Object.keys(library.routings), path);
    case 'pipeline':
      return lookUp('pipeline', 'unknown-pipeline', key, Object.keys(library.pipelines), path);
    case 'user':
    case 'role':
      return library.people === undefined ? [] : vacancies(kind, key, library.people, path);
    case 'event':
      return [];
  }
}

/** People come and go, so that what names nobody may be published: it has an outcome at run time. */
function vacancies(kind: 'user' | 'role', key: string, people: readonly Colleague[], path: Path): Problem[] {
  const active = people.filter((person) => person.active);
  const known = kind === 'user' ? active.map((person) => person.key) : active.map(({ role }) => role);
  if (known.includes(key)) return [];
  const near = suggest(key, known);
  if (kind === 'role') {
    const text = `nobody who is active has the role "${key}"${hint(key, known)}: what is meant for it reaches nobody`;
    return [warning(path, 'vacant-role', text, near)];
  }
  const text = `there is no active user "${key}"${hint(key, known)}: what is meant for them reaches nobody`;
  return [warning(path, 'unknown-user', text, near)];
}

function lookUp(what: string, code: ProblemCode, key: string, known: readonly string[], path: Path): Problem[] {
  if (known.includes(key)) return [];
  return [mistake(path, code, `unknown ${what} "${key}"${hint(key, known)}`, suggest(key, known))];
}

/**
 * A field by its path, such as `contact.timezone` or `deal.attributes.plan`.
 * @param path where in the definition it is named.
 */
export function fieldProblems(field: string, path: Path): Problem[] {
  const [root = '', first, ...rest] = field.split('.');
  const subjects = ['contact', 'deal', 'ticket'];
  if (!subjects.includes(root)) {
    return [
      mistake(
        path,
        'unknown-field',
        `a field begins with its subject, such as "contact.attributes.plan", not "${root}"`,
        `contact.${field}`,
      ),
    ];
  }
  const fields = fieldsOf(root);
  if (fields === undefined) return [];
  const known = Object.keys(fields);
  if (root === 'ticket') return lookUp('field of a ticket', 'unknown-field', first ?? '', known, path);
  if (first === 'attributes' && rest.length > 0) return [];
  if (first !== undefined && first !== 'attributes' && known.includes(first)) return [];
  if (first === 'attributes')
    return [mistake(path, 'unknown-field', `name the attribute, such as "${root}.attributes.plan"`)];
  const near = suggest(first ?? '', known);
  return [
    mistake(
      path,
      'unknown-field',
      `unknown field "${first ?? ''}"${hint(first ?? '', known)}; own fields are under ${root}.attributes`,
      near === undefined ? `${root}.attributes.${first ?? ''}` : `${root}.${near}`,
    ),
  ];
}
