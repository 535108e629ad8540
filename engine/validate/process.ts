import { z } from 'zod';
import type { RootName } from '../conditions/check.ts';
import type { Library } from '../library.ts';
import { processHead } from '../schema/process.ts';
import { conditionProblems } from './conditions.ts';
import { flowProblems } from './flow.ts';
import { schemaProblems } from './issues.ts';
import { lintProblems } from './lint.ts';
import { messageProblems } from './message-templates.ts';
import { type Outline, outline } from './outline.ts';
import type { Problem } from './problem.ts';
import { headProblems, type ProcessDraft, readDraft, subjectNames } from './process-head.ts';
import { referenceProblems } from './references.ts';
import { scenarioNameProblems } from './scenario-names.ts';

/** The process as a form, its steps aside: they are read one by one. */
const frame = processHead.extend({ steps: z.array(z.unknown()).min(1) });

/** Every mistake in a process that can be seen without running it. */
export function processProblems(json: Readonly<Record<string, unknown>>, library: Library): Problem[] {
  const steps = outline(json.steps);
  const draft = readDraft(json);
  return [
    ...schemaProblems(frame, json),
    ...steps.problems,
    ...flowProblems(steps),
    ...headProblems(draft, library),
    ...stepProblems(draft, steps, library),
    ...messageProblems(draft, steps, json.scenarios, library),
    ...scenarioNameProblems(json.scenarios, steps),
    ...lintProblems(draft, steps, json, library),
  ];
}

/** What the steps name and ask, by what their types say of themselves. */
function stepProblems(draft: ProcessDraft, steps: Outline, library: Library): Problem[] {
  const names = subjectNames(draft);
  const own = { key: draft.key, steps: steps.steps.map((step) => step.id) };
  return steps.steps.flatMap(({ parsed, path }) => {
    if (parsed === undefined) return [];
    const { step, type } = parsed;
    return [
      ...type
        .references(step)
        .flatMap((reference) => referenceProblems(reference, [...path, ...reference.path], library, own)),
      ...type.expressions(step).flatMap((expression) => {
        const inScope: RootName[] = [
          ...names,
          'trigger',
          'vars',
          ...(expression.event === true ? ['event' as const] : []),
        ];
        return conditionProblems(expression.text, [...path, ...expression.path], inScope, library, {
          result: expression.yields,
        });
      }),
    ];
  });
}
