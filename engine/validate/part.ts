import type { Library } from '../library.ts';
import type { SubjectRef } from '../model/state.ts';
import { flowProblems } from './flow.ts';
import { messageProblems } from './message-templates.ts';
import { outline } from './outline.ts';
import type { Path, Problem } from './problem.ts';
import { readDraft, subjectNames } from './process-head.ts';
import { stepProblems } from './steps.ts';

/** Which definition the steps stand in, and what goes through them. */
interface Whole {
  key: string;
  subject: SubjectRef['kind'];
}

/** Every mistake in steps that are a process of their own: of an escalation, of a stage. */
export function partProblems(whole: Whole, steps: readonly unknown[], path: Path, library: Library): Problem[] {
  const found = outline(steps, path);
  const draft = readDraft({ ...whole, settings: { purpose: 'transactional' } });
  return [
    ...found.problems,
    ...flowProblems(found),
    ...stepProblems(found, subjectNames(draft), draft.key, library),
    ...messageProblems(draft, found, undefined, library),
  ];
}
