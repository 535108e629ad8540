import { z } from 'zod';
import { defineStep, type Reaction } from './define.ts';

export const adjustScore = defineStep({
  type: 'adjust-score',
  summary: 'Adds points to the contact or takes some away, as an entry of the score ledger.',
  group: 'contact',
  params: {
    axis: z.enum(['fit', 'engagement']).default('engagement'),
    points: z.int().refine((points) => points !== 0, 'points of 0 change nothing'),
    reason: z.string().min(1).optional().describe('Shown in the ledger; default: the process and the step.'),
  },
  exits: () => ['done'],
  effects: ['adjust-score'],
  enter({ step, state, process }): Reaction {
    const { axis, points } = step;
    const item = {
      contactId: state.subject.contactId,
      axis,
      points,
      reason: step.reason ?? `${process.key}/${step.id}`,
    };
    return { do: 'perform', effect: { name: 'adjust-score', item }, detail: { axis, points } };
  },
});
