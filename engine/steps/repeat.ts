import { z } from 'zod';
import { condition } from '../schema/common.ts';
import { defineStep, type Reaction, type StepBase, type Visit } from './define.ts';

interface Repeat extends StepBase {
  max: number;
  until?: string | undefined;
}

export const repeat = defineStep({
  type: 'repeat',
  summary: 'Runs its steps again and again, up to a number of passes or until a condition holds.',
  group: 'flow',
  params: (steps) => ({
    steps,
    max: z.int().min(1).max(1000).describe('Completed passes.'),
    until: condition.optional().describe('CEL; looked at before each pass and after each wait inside.'),
  }),
  exits: () => ['done'],
  nested: ({ steps }) => ({ steps: { steps, path: ['steps'] } }),
  expressions: ({ until }) => (until === undefined ? [] : [{ text: until, path: ['until'], yields: 'bool' }]),
  enter: (visit) => pass(visit, 0),
  on(visit, signal): Reaction {
    const passes = Number(visit.token.data.passes ?? 0);
    if (signal.type === 'branch-ended') return pass(visit, passes + 1);
    if (signal.type !== 'wait-passed') return { do: 'stay' };
    return met(visit, passes) ?? { do: 'stay' };
  },
});

function pass(visit: Visit<Repeat>, passes: number): Reaction {
  const over = met(visit, passes);
  if (over !== null) return over;
  if (passes >= visit.step.max) return { do: 'leave', exit: 'done', detail: { passes } };
  return { do: 'fork', branches: ['steps'], data: { passes }, detail: { passes } };
}

/** How the condition ends the loop, or null when it does not. */
function met(visit: Visit<Repeat>, passes: number): Reaction | null {
  const { until } = visit.step;
  if (until === undefined) return null;
  const verdict = visit.holds(until);
  if (!verdict.ok) return { do: 'fail', error: verdict.error };
  if (!verdict.value) return null;
  return { do: 'leave', exit: 'done', detail: { passes, until, read: verdict.read } };
}
