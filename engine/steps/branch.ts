import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { condition, key } from '../schema/common.ts';
import { defineStep, type Reaction } from './define.ts';

export const branch = defineStep({
  type: 'branch',
  summary: 'Goes the way of the first case whose condition holds, else by `else`.',
  group: 'flow',
  params: { cases: z.array(z.strictObject({ name: key, when: condition })).min(1) },
  check({ cases }) {
    const names = cases.map((one) => one.name);
    const twice = names.findIndex((name, index) => name === 'else' || names.indexOf(name) !== index);
    if (twice < 0) return null;
    return { path: ['cases', twice, 'name'], message: `"${names[twice]}" is taken: give each case a name of its own` };
  },
  exits: ({ cases }) => [...cases.map((one) => one.name), 'else'],
  expressions: ({ cases }) =>
    cases.map(({ when }, index) => ({ text: when, path: ['cases', index, 'when'], yields: 'bool' })),
  enter(visit): Reaction {
    const read: JsonObject = {};
    for (const { name, when } of visit.step.cases) {
      const verdict = visit.holds(when);
      if (!verdict.ok) return { do: 'fail', error: verdict.error };
      Object.assign(read, verdict.read);
      if (verdict.value) return { do: 'leave', exit: name, detail: { when, read } };
    }
    return { do: 'leave', exit: 'else', detail: { read } };
  },
});
