import { makesTask } from '../steps/create-task.ts';
import type { StepBase } from '../steps/define.ts';
import { waitsForTask } from '../steps/wait-for-task.ts';
import type { Outline } from './outline.ts';
import { mistake, type Path, type Problem, warning } from './problem.ts';
import { hint, suggest } from './suggest.ts';

/** Whether steps that wait for tasks name steps that make them and outcomes that these offer, and whether outcomes are waited for. */
export function taskProblems({ steps }: Outline): Problem[] {
  const parsed = steps.flatMap(({ parsed, path }) => (parsed === undefined ? [] : [{ step: parsed.step, path }]));
  const awaited = new Set(parsed.flatMap(({ step }) => (waitsForTask(step) ? step.task : [])));
  return parsed.flatMap(({ step, path }) => {
    if (waitsForTask(step)) {
      const maker = parsed.find((one) => one.step.id === step.task)?.step;
      return maker === undefined ? [] : waitProblems(step.outcomes ?? [], maker, path);
    }
    if (!makesTask(step) || step.outcomes === undefined || awaited.has(step.id)) return [];
    const text = `no wait-for-task step waits for "${step.id}", so nothing here depends on the outcome`;
    return [warning([...path, 'outcomes'], 'unread-outcomes', text)];
  });
}

function waitProblems(wanted: readonly string[], maker: StepBase, path: Path): Problem[] {
  if (!makesTask(maker)) {
    return [
      mistake([...path, 'task'], 'wrong-value', `"${maker.id}" is a ${maker.type} step: name a create-task step`),
    ];
  }
  const offered = (maker.outcomes ?? []).map(({ key }) => key);
  return wanted.flatMap((outcome, index) =>
    offered.includes(outcome)
      ? []
      : mistake(
          [...path, 'outcomes', index],
          'unknown-outcome',
          `the task of "${maker.id}" offers no outcome "${outcome}"${hint(outcome, offered)}`,
          suggest(outcome, offered),
        ),
  );
}
