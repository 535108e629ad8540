import type { Library } from '../../library.ts';
import { type RoutingRule, routingSchema } from '../../schema/routing.ts';
import { conditionProblems } from '../conditions.ts';
import { duplicates } from '../duplicates.ts';
import { schemaProblems } from '../issues.ts';
import { orDefault, wellFormed } from '../parts.ts';
import { type Path, type Problem, warning } from '../problem.ts';
import { referenceProblems } from '../references.ts';

const { shape } = routingSchema;

export function routingProblems(json: Readonly<Record<string, unknown>>, library: Library): Problem[] {
  const rules = wellFormed(shape.rules.element, json.rules);
  const subject = orDefault(shape.subject, json.subject, 'ticket');
  const names = subject === 'ticket' ? (['contact', 'ticket', 'now'] as const) : (['contact', 'now'] as const);
  const nobody = orDefault(shape.nobody, json.nobody, shape.nobody.parse(undefined));
  return [
    ...schemaProblems(routingSchema, json),
    ...duplicates(rules.map(({ value, index }) => ({ name: value.id, path: ['rules', index, 'id'] }))),
    ...rules.flatMap(({ value, index }) => [
      ...conditionProblems(value.when, ['rules', index, 'when'], names, library),
      ...candidateProblems(value, ['rules', index, 'candidates'], library),
    ]),
    ...shadowed(rules),
    ...acceptProblems(json, library),
    ...nobody.alert.flatMap((to, index) => {
      const path = ['nobody', 'alert', index];
      if ('user' in to) return referenceProblems({ kind: 'user', key: to.user, path: [] }, [...path, 'user'], library);
      return referenceProblems({ kind: 'role', key: to.role, path: [] }, [...path, 'role'], library);
    }),
  ];
}

/** Rules after one that always holds. */
function shadowed(rules: readonly { value: RoutingRule; index: number }[]): Problem[] {
  const always = rules.find(({ value }) => value.when === undefined);
  if (always === undefined) return [];
  return rules
    .filter(({ index }) => index > always.index)
    .map(({ value, index }) => {
      const text = `"${value.id}" is never reached: "${always.value.id}" before it has no "when" and always holds`;
      return warning(['rules', index], 'unreachable-rule', text);
    });
}

/** Whom a rule names, and whether there is anybody who is all that it asks for. */
function candidateProblems({ id, candidates }: RoutingRule, path: Path, library: Library): Problem[] {
  const { users, role, team, skills } = candidates;
  const named = [
    ...(users ?? []).flatMap((key, index) =>
      referenceProblems({ kind: 'user', key, path: [] }, [...path, 'users', index], library),
    ),
    ...(role === undefined ? [] : referenceProblems({ kind: 'role', key: role, path: [] }, [...path, 'role'], library)),
  ];
  if (library.people === undefined || named.length > 0) return named;
  const fitting = library.people.some(
    (person) =>
      person.active &&
      (users?.includes(person.key) ?? true) &&
      (role === undefined || person.role === role) &&
      (team === undefined || person.team === team) &&
      skills.every((skill) => person.skills.includes(skill)),
  );
  if (fitting) return [];
  const text = `nobody who is active fits rule "${id}": what it decides about goes to the queue of nobody`;
  return [warning(path, 'nobody-fits', text)];
}

function acceptProblems(json: Readonly<Record<string, unknown>>, library: Library): Problem[] {
  const accept = orDefault(shape.accept, json.accept, undefined);
  if (accept === undefined) return [];
  const path = ['accept', 'calendar'];
  if (accept.calendar !== undefined) {
    return referenceProblems({ kind: 'calendar', key: accept.calendar, path: [] }, path, library);
  }
  const text = `${accept.within} pass at night and on holidays too: name the "calendar" by which they are counted`;
  return [warning(path, 'no-calendar', text, Object.keys(library.calendars)[0])];
}
