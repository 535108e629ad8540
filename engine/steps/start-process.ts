import { z } from 'zod';
import { identifier, key } from '../schema/common.ts';
import { defineStep, type Reaction } from './define.ts';
import { computable, computeAll, computedExpressions } from './fields.ts';

export const startProcess = defineStep({
  type: 'start-process',
  summary: 'Asks another process to let the subject in, in the version that is live at that moment.',
  group: 'flow',
  params: {
    process: key,
    data: z.record(identifier, computable).default({}).describe("Data of the other instance's trigger."),
  },
  exits: () => ['done'],
  effects: ['start-process'],
  references: ({ process }) => [{ kind: 'process', key: process, path: ['process'] }],
  expressions: ({ data }) => computedExpressions(data, ['data']),
  enter(visit): Reaction {
    const data = computeAll(visit, visit.step.data);
    if (!data.ok) return { do: 'fail', error: data.error };
    const { process } = visit.step;
    const item = { process, subject: visit.state.subject, data: data.value, by: visit.process.key };
    return { do: 'perform', effect: { name: 'start-process', item }, detail: { process, read: data.read } };
  },
});
