import type { Outline, OutlinedList, OutlinedStep } from './outline.ts';
import { mistake, type Problem, warning } from './problem.ts';
import { hint, suggest } from './suggest.ts';

/** Ids, ways from step to step, steps that no way reaches, and cycles without a wait. */
export function flowProblems(outline: Outline): Problem[] {
  const lists = [outline.main, ...outline.steps.flatMap((step) => step.nested)];
  return [
    ...duplicateIds(outline),
    ...outline.steps.flatMap((step) => nextProblems(step, outline)),
    ...lists.flatMap((list) => [...unreachable(list), ...endless(list)]),
  ];
}

function duplicateIds({ steps }: Outline): Problem[] {
  const first = new Map<string, OutlinedStep>();
  return steps.flatMap((step) => {
    const before = first.get(step.id);
    if (before === undefined) first.set(step.id, step);
    return before === undefined
      ? []
      : [
          mistake(
            [...step.path, 'id'],
            'duplicate-id',
            `another step is called "${step.id}" already; ids are unique in the whole process`,
          ),
        ];
  });
}

function nextProblems(outlined: OutlinedStep, outline: Outline): Problem[] {
  if (outlined.parsed === undefined) return [];
  const { step, type } = outlined.parsed;
  const problems: Problem[] = [];
  for (const [path, target] of namedTargets(outlined)) {
    problems.push(...targetProblems(target, [...outlined.path, ...path], outlined, outline));
  }
  if (typeof step.next === 'object') {
    const exits = type.exits(step);
    for (const exit of Object.keys(step.next)) {
      if (exits.includes(exit)) continue;
      const text = exits.length === 0 ? `this step has no exits` : `unknown exit "${exit}"${hint(exit, exits)}`;
      problems.push(mistake([...outlined.path, 'next', exit], 'unknown-exit', text, suggest(exit, exits)));
    }
  }
  return problems;
}

function namedTargets({ parsed }: OutlinedStep): [path: string[], target: string][] {
  if (parsed === undefined) return [];
  const { next, onError } = parsed.step;
  const targets: [string[], string][] = [];
  if (typeof next === 'string') targets.push([['next'], next]);
  if (typeof next === 'object') {
    for (const [exit, target] of Object.entries(next)) targets.push([['next', exit], target]);
  }
  if (onError !== undefined) targets.push([['onError'], onError]);
  return targets;
}

function targetProblems(target: string, path: (string | number)[], from: OutlinedStep, { steps }: Outline): Problem[] {
  const near = from.list.steps.map((step) => step.id);
  if (near.includes(target)) return [];
  if (steps.some((step) => step.id === target)) {
    return [
      mistake(path, 'unknown-step', `"${target}" stands in another list of steps; go on only within the same list`),
    ];
  }
  return [mistake(path, 'unknown-step', `unknown step "${target}"${hint(target, near)}`, suggest(target, near))];
}

/** The steps of the same list to which a step may go on. A step with mistakes may go on to the next one. */
function successors(outlined: OutlinedStep): OutlinedStep[] {
  const { steps } = outlined.list;
  const following = steps[steps.indexOf(outlined) + 1];
  const named = namedTargets(outlined).flatMap(([, target]) => steps.find((step) => step.id === target) ?? []);
  return goesOn(outlined) && following !== undefined ? [...named, following] : named;
}

/** Whether an exit without a target of its own leads on to the following step, or off the list's end. */
function goesOn({ parsed }: OutlinedStep): boolean {
  if (parsed === undefined) return true;
  const { next } = parsed.step;
  if (typeof next === 'string') return false;
  return parsed.type.exits(parsed.step).some((exit) => next?.[exit] === undefined);
}

/** Not asked while a way leads to a step that does not exist: it may have been meant for any. */
function unreachable({ steps }: OutlinedList): Problem[] {
  const ids = new Set(steps.map((step) => step.id));
  if (steps.some((step) => namedTargets(step).some(([, target]) => !ids.has(target)))) return [];
  const reached = new Set<OutlinedStep>();
  const open = steps.slice(0, 1);
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (reached.has(step)) continue;
    reached.add(step);
    open.push(...successors(step));
  }
  return steps
    .filter((step) => !reached.has(step))
    .map((step) =>
      warning(step.path, 'unreachable-step', `no way leads to "${step.id}": name it in a "next", or take it out`),
    );
}

/** One problem for each cycle of steps through which an instance could turn without ever waiting. */
function endless({ steps }: OutlinedList): Problem[] {
  const problems: Problem[] = [];
  const done = new Set<OutlinedStep>();
  const walk = (step: OutlinedStep, trail: OutlinedStep[]): void => {
    const from = trail.indexOf(step);
    if (from >= 0) {
      const cycle = [...trail.slice(from), step].map((one) => one.id).join(' → ');
      problems.push(mistake(step.path, 'endless-loop', `${cycle} turns without end: put a wait into the cycle`));
      return;
    }
    if (done.has(step) || !passesAtOnce(step)) return;
    for (const next of successors(step)) walk(next, [...trail, step]);
    done.add(step);
  };
  for (const step of steps) walk(step, []);
  return problems;
}

/** Whether an instance may get through a step without any time passing; a container does when all its lists may. */
function passesAtOnce({ parsed, nested }: OutlinedStep): boolean {
  if (parsed?.type.waits === true) return false;
  return nested.every(runsThrough);
}

function runsThrough({ steps }: OutlinedList): boolean {
  const seen = new Set<OutlinedStep>();
  const open = steps.slice(0, 1);
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (seen.has(step) || !passesAtOnce(step)) continue;
    seen.add(step);
    if (step === steps.at(-1) && goesOn(step)) return true;
    open.push(...successors(step));
  }
  return steps.length === 0;
}
