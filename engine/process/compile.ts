import type { Process } from '../schema/index.ts';
import type { StepBase, StepType } from '../steps/define.ts';
import { stepType } from '../steps/index.ts';

/** A step with its surroundings, found once per definition. */
export interface CompiledStep {
  step: StepBase;
  type: StepType;
  /** The next one in its list; null at the end of the list. */
  following: string | null;
  /** Id of the enclosing container step; null at the top level. */
  container: string | null;
  /** First step of each nested list. */
  branches: ReadonlyMap<string, string>;
  /** JSON path of the step in the definition. */
  path: readonly (string | number)[];
}

export interface CompiledProcess {
  process: Process;
  first: string;
  steps: ReadonlyMap<string, CompiledStep>;
  /** Events that a step may take although they came before it: what the inbox keeps. */
  kept: ReadonlySet<string>;
}

const known = new WeakMap<Process, CompiledProcess>();

/** Flattens nested lists and finds what follows what; the same definition object is compiled once. */
export function compile(process: Process): CompiledProcess {
  const before = known.get(process);
  if (before !== undefined) return before;
  const steps = new Map<string, CompiledStep>();
  const first = flatten(process.steps, null, ['steps'], steps);
  const kept = new Set<string>();
  for (const { step, type } of steps.values()) for (const event of type.early(step)) kept.add(event);
  const compiled = { process, first, steps, kept };
  known.set(process, compiled);
  return compiled;
}

/** Where a step goes by an exit: a step id, or null for the end of its list. */
export function target({ step, following }: CompiledStep, exit: string): string | null {
  if (typeof step.next === 'string') return step.next;
  return step.next?.[exit] ?? following;
}

/** @returns id of the list's first step. */
function flatten(
  list: readonly StepBase[],
  container: string | null,
  path: readonly (string | number)[],
  steps: Map<string, CompiledStep>,
): string {
  for (const [index, step] of list.entries()) {
    const type = stepType(step);
    const branches = new Map<string, string>();
    const here = [...path, index];
    steps.set(step.id, { step, type, following: list[index + 1]?.id ?? null, container, branches, path: here });
    for (const [name, nested] of Object.entries(type.nested(step))) {
      branches.set(name, flatten(nested.steps, step.id, [...here, ...nested.path], steps));
    }
  }
  const [first] = list;
  if (first === undefined) throw new RangeError(`an empty list of steps at ${path.join('.')}`);
  return first.id;
}
