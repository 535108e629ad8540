import type { RootName } from '../../conditions/check.ts';
import type { Library } from '../../library.ts';
import { slaSchema } from '../../schema/sla.ts';
import { conditionProblems } from '../conditions.ts';
import { duplicates } from '../duplicates.ts';
import { schemaProblems } from '../issues.ts';
import { anyList } from '../outline.ts';
import { partProblems } from '../part.ts';
import { keyOf, wellFormed } from '../parts.ts';
import type { Problem } from '../problem.ts';
import { referenceProblems } from '../references.ts';
import { overlapProblems } from './sla-overlap.ts';
import { promiseProblems } from './sla-promises.ts';

/** The policy as a form, the steps of its escalations aside: they are read one by one. */
const frame = slaSchema(anyList);
const escalation = frame.shape.escalations.unwrap().element;
const scenario = frame.shape.scenarios.unwrap().element;
const names: readonly RootName[] = ['contact', 'ticket', 'now'];

/**
 * Every mistake in a policy that can be seen without running it. Who holds a role or a key is not known here: whoever
 * publishes looks up the users that steps name.
 */
export function slaProblems(json: Readonly<Record<string, unknown>>, library: Library): Problem[] {
  const when = typeof json.when === 'string' ? json.when : undefined;
  const calendar = typeof json.calendar === 'string' ? json.calendar : undefined;
  const escalations = wellFormed(escalation, json.escalations);
  const scenarios = wellFormed(scenario, json.scenarios);
  const sound = frame.safeParse(json);
  return [
    ...schemaProblems(frame, json),
    ...conditionProblems(when, ['when'], names, library),
    ...(calendar === undefined
      ? []
      : referenceProblems({ kind: 'calendar', key: calendar, path: [] }, ['calendar'], library)),
    ...duplicates(escalations.map(({ value, index }) => ({ name: value.id, path: ['escalations', index, 'id'] }))),
    ...duplicates(scenarios.map(({ value, index }) => ({ name: value.name, path: ['scenarios', index, 'name'] }))),
    ...escalations.flatMap(({ value, index }) =>
      partProblems({ key: keyOf(json), subject: 'ticket' }, value.steps, ['escalations', index, 'steps'], library),
    ),
    ...(sound.success ? [...promiseProblems(sound.data, library), ...overlapProblems(sound.data, library)] : []),
  ];
}
