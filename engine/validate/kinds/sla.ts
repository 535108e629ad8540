import type { RootName } from '../../conditions/check.ts';
import type { Library } from '../../library.ts';
import { slaSchema } from '../../schema/sla.ts';
import { conditionProblems } from '../conditions.ts';
import { duplicates } from '../duplicates.ts';
import { flowProblems } from '../flow.ts';
import { schemaProblems } from '../issues.ts';
import { anyList, outline } from '../outline.ts';
import { wellFormed } from '../parts.ts';
import type { Problem } from '../problem.ts';
import { referenceProblems } from '../references.ts';
import { stepProblems } from '../steps.ts';

/** The policy as a form, the steps of its escalations aside: they are read one by one. */
const frame = slaSchema(anyList);
const escalation = frame.shape.escalations.unwrap().element;
const names: readonly RootName[] = ['contact', 'ticket', 'now'];

/** Every mistake in a policy that can be seen without running it. */
export function slaProblems(json: Readonly<Record<string, unknown>>, library: Library): Problem[] {
  const key = typeof json.key === 'string' ? json.key : '';
  const when = typeof json.when === 'string' ? json.when : undefined;
  const escalations = wellFormed(escalation, json.escalations);
  return [
    ...schemaProblems(frame, json),
    ...conditionProblems(when, ['when'], names, library),
    ...(typeof json.calendar === 'string'
      ? referenceProblems({ kind: 'calendar', key: json.calendar, path: [] }, ['calendar'], library)
      : []),
    ...duplicates(escalations.map(({ value, index }) => ({ name: value.id, path: ['escalations', index, 'id'] }))),
    ...escalations.flatMap(({ value, index }) => {
      const steps = outline(value.steps, ['escalations', index, 'steps']);
      return [...steps.problems, ...flowProblems(steps), ...stepProblems(steps, names, key, library)];
    }),
  ];
}
