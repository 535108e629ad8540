import type { RootName } from '../conditions/check.ts';
import type { Library } from '../library.ts';
import type { SubjectOnly } from '../steps/define.ts';
import { conditionProblems } from './conditions.ts';
import { documentProblems } from './documents.ts';
import type { Outline } from './outline.ts';
import { mistake, type Problem } from './problem.ts';
import { referenceProblems } from './references.ts';
import { taskProblems } from './tasks.ts';

function unfit(subject: SubjectOnly['subject']): string {
  return `only a ${subject} has this: write "subject": "${subject}" and let events of ${subject}s start the process`;
}

/**
 * What the steps name and ask, by what their types say of themselves.
 * @param names in scope beside `trigger` and `vars`: the subject's.
 * @param key of the definition that the steps stand in, which a step may name.
 */
export function stepProblems(outline: Outline, names: readonly RootName[], key: string, library: Library): Problem[] {
  const own = { key, steps: outline.steps.map((step) => step.id) };
  const single = outline.steps.flatMap(({ parsed, path }) => {
    if (parsed === undefined) return [];
    const { step, type } = parsed;
    const misplaced = type.subjectOnly(step).filter(({ subject }) => !names.includes(subject));
    return [
      ...misplaced.map((one) => mistake([...path, ...one.path], 'subject-unfit', unfit(one.subject))),
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
  return [...single, ...taskProblems(outline), ...documentProblems(outline, library)];
}
