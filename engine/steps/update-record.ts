import { z } from 'zod';
import { defineStep, type Reaction } from './define.ts';
import { computable, computeAll, computedExpressions } from './fields.ts';

/** Fields that a process may write: the standard ones and the subject's own attributes. */
const writable = z
  .string()
  .regex(
    /^(email|phone|firstName|lastName|company|language|timezone|owner|attributes\.[A-Za-z][A-Za-z0-9_]*)$/,
    'name a field such as "company" or "attributes.plan"',
  );

export const updateRecord = defineStep({
  type: 'update-record',
  summary: 'Sets fields of the subject to values written down or computed.',
  group: 'contact',
  params: {
    set: z.record(writable, computable).refine((set) => Object.keys(set).length > 0, 'set at least one field'),
  },
  exits: () => ['done'],
  effects: ['update-record'],
  expressions: ({ set }) => computedExpressions(set, ['set']),
  enter(visit): Reaction {
    const values = computeAll(visit, visit.step.set);
    if (!values.ok) return { do: 'fail', error: values.error };
    const effect = { name: 'update-record' as const, item: { subject: visit.state.subject, set: values.value } };
    return { do: 'perform', effect, detail: { set: values.value, read: values.read } };
  },
});
