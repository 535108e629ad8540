import type { Library } from '../../library.ts';
import { scoringSchema } from '../../schema/scoring.ts';
import { conditionProblems } from '../conditions.ts';
import { duplicates } from '../duplicates.ts';
import { schemaProblems } from '../issues.ts';
import { wellFormed } from '../parts.ts';
import { mistake, type Problem } from '../problem.ts';
import { hint, suggest } from '../suggest.ts';

const { shape } = scoringSchema;

export function scoringProblems(json: Readonly<Record<string, unknown>>, library: Library): Problem[] {
  const rules = wellFormed(shape.rules.element, json.rules);
  const groups = typeof json.groups === 'object' && json.groups !== null ? Object.keys(json.groups) : [];
  return [
    ...schemaProblems(scoringSchema, json),
    ...duplicates(rules.map(({ value, index }) => ({ name: value.id, path: ['rules', index, 'id'] }))),
    ...rules.flatMap(({ value: rule, index }) => {
      const path = ['rules', index];
      const names = rule.event === undefined ? (['contact', 'now'] as const) : (['contact', 'event', 'now'] as const);
      const problems = conditionProblems(rule.when, [...path, 'when'], names, library);
      if (rule.group !== undefined && !groups.includes(rule.group)) {
        const text = `unknown group "${rule.group}"${hint(rule.group, groups)}`;
        problems.push(mistake([...path, 'group'], 'unknown-group', text, suggest(rule.group, groups)));
      }
      if (rule.event === undefined && rule.when === undefined) {
        problems.push(mistake(path, 'missing-key', 'give the rule an "event", a condition in "when", or both'));
      }
      if (rule.axis === 'engagement' && rule.event === undefined) {
        problems.push(mistake([...path, 'event'], 'missing-key', 'engagement counts events: give the rule an "event"'));
      }
      return problems;
    }),
  ];
}
