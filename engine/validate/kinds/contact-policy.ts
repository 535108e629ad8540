import { contactPolicySchema } from '../../schema/contact-policy.ts';
import { schemaProblems } from '../issues.ts';
import { mistake, type Problem } from '../problem.ts';

export function contactPolicyProblems(json: Readonly<Record<string, unknown>>): Problem[] {
  const parsed = contactPolicySchema.safeParse(json);
  if (!parsed.success) return schemaProblems(contactPolicySchema, json);
  const { quietHours, sendWindows } = parsed.data;
  const ranges: [path: string[], range: { from: string; to: string }][] = Object.entries(sendWindows).map(
    ([name, window]) => [['sendWindows', name], window],
  );
  if (quietHours !== undefined) ranges.push([['quietHours'], quietHours]);
  return ranges
    .filter(([, { from, to }]) => from === to)
    .map(([path, { from }]) =>
      mistake([...path, 'to'], 'wrong-value', `this begins and ends at ${from}: give two different times`),
    );
}
