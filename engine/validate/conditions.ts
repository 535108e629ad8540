import { type ConditionScope, checkCondition, type RootName } from '../conditions/check.ts';
import type { Library } from '../library.ts';
import { mistake, type Path, type Problem } from './problem.ts';

/** Mistakes in a CEL text that stands at `path`. */
export function conditionProblems(
  text: string | undefined,
  path: Path,
  names: readonly RootName[],
  library: Library,
  more: Pick<ConditionScope, 'result' | 'stats'> = {},
): Problem[] {
  if (text === undefined) return [];
  return checkCondition(text, { names, calendars: Object.keys(library.calendars), ...more }).map((problem) => {
    const code = problem.code === 'CONDITION_TOO_COSTLY' ? 'condition-too-costly' : 'condition-invalid';
    const place = problem.at > 0 ? ` (at character ${problem.at + 1})` : '';
    return mistake(path, code, `${problem.message}${place}`, problem.suggestion);
  });
}
