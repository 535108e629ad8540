import { type CompiledStep, target } from '../../../engine/process/compile.ts';

/** Where a step leads: null is the end of its list. */
export interface Way {
  to: string | null;
  /** Exits that go this way; empty where all of the step's exits do. */
  exits: string[];
}

export function waysFrom(step: CompiledStep): Way[] {
  const ways = new Map<string | null, string[]>();
  const add = (to: string | null, exit: string) => ways.set(to, [...(ways.get(to) ?? []), exit]);
  for (const exit of step.type.exits(step.step)) add(target(step, exit), exit);
  if (step.step.onError !== undefined) add(step.step.onError, 'error');
  return [...ways].map(([to, exits]) => ({ to, exits: ways.size === 1 ? [] : exits }));
}
