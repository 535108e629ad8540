import { z } from 'zod';
import type { Library } from '../library.ts';
import { processHead } from '../schema/process.ts';
import { flowProblems } from './flow.ts';
import { schemaProblems } from './issues.ts';
import { lintProblems } from './lint.ts';
import { messageProblems } from './message-templates.ts';
import { outline } from './outline.ts';
import type { Problem } from './problem.ts';
import { headProblems, readDraft, subjectNames } from './process-head.ts';
import { scenarioNameProblems } from './scenario-names.ts';
import { stepProblems } from './steps.ts';

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
    ...stepProblems(steps, subjectNames(draft), draft.key, library),
    ...messageProblems(draft, steps, json.scenarios, library),
    ...scenarioNameProblems(json.scenarios, steps),
    ...lintProblems(draft, steps, json, library),
  ];
}
