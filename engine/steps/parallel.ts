import { z } from 'zod';
import type { Json } from '../json.ts';
import { key } from '../schema/common.ts';
import { defineStep, type NestedList, type Reaction } from './define.ts';

export const parallel = defineStep({
  type: 'parallel',
  summary:
    'Runs several branches at once and goes on when all, any or a number of them have ended; the rest is cancelled.',
  group: 'flow',
  params: (steps) => ({
    branches: z.record(key, steps).refine((branches) => Object.keys(branches).length > 1, 'give at least two branches'),
    join: z.union([z.enum(['all', 'any']), z.int().min(1)]).default('all'),
  }),
  check({ branches, join }) {
    const count = Object.keys(branches).length;
    if (typeof join !== 'number' || join <= count) return null;
    return { path: ['join'], message: `only ${count} branches can end: join on at most ${count}` };
  },
  exits: () => ['joined'],
  nested: ({ branches }) =>
    Object.fromEntries(
      Object.entries(branches).map(([name, steps]): [string, NestedList] => [
        name,
        { steps, path: ['branches', name] },
      ]),
    ),
  enter: ({ step }): Reaction => ({ do: 'fork', branches: Object.keys(step.branches), data: { ended: [] } }),
  on({ step, token }, signal): Reaction {
    if (signal.type !== 'branch-ended') return { do: 'stay' };
    const ended = [...listOf(token.data.ended), signal.branch];
    const needed = needs(step.join, Object.keys(step.branches).length);
    if (ended.length < needed) return { do: 'stay', data: { ended } };
    return { do: 'leave', exit: 'joined', detail: { ended, join: step.join } };
  },
});

function needs(join: 'all' | 'any' | number, branches: number): number {
  if (join === 'all') return branches;
  return join === 'any' ? 1 : join;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
