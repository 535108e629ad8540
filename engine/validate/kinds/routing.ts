import type { Library } from '../../library.ts';
import { routingSchema } from '../../schema/routing.ts';
import { conditionProblems } from '../conditions.ts';
import { duplicates } from '../duplicates.ts';
import { schemaProblems } from '../issues.ts';
import { orDefault, wellFormed } from '../parts.ts';
import type { Problem } from '../problem.ts';
import { referenceProblems } from '../references.ts';

const { shape } = routingSchema;

export function routingProblems(json: Readonly<Record<string, unknown>>, library: Library): Problem[] {
  const rules = wellFormed(shape.rules.element, json.rules);
  const subject = orDefault(shape.subject, json.subject, 'ticket');
  const names = subject === 'ticket' ? (['contact', 'ticket', 'now'] as const) : (['contact', 'now'] as const);
  const calendar = orDefault(shape.accept, json.accept, undefined)?.calendar;
  return [
    ...schemaProblems(routingSchema, json),
    ...duplicates(rules.map(({ value, index }) => ({ name: value.id, path: ['rules', index, 'id'] }))),
    ...rules.flatMap(({ value, index }) => conditionProblems(value.when, ['rules', index, 'when'], names, library)),
    ...(calendar === undefined
      ? []
      : referenceProblems({ kind: 'calendar', key: calendar, path: [] }, ['accept', 'calendar'], library)),
  ];
}
