import { z } from 'zod';
import { hash32 } from '../hash.ts';
import { key } from '../schema/common.ts';
import { defineStep, type Reaction } from './define.ts';

export const split = defineStep({
  type: 'split',
  summary: 'Sends each contact down one of several arms, by weight; the arm stays with the contact.',
  group: 'flow',
  params: {
    arms: z
      .record(key, z.int().min(0))
      .refine((arms) => Object.values(arms).some((weight) => weight > 0), 'give at least one arm a weight above 0')
      .describe('Weight of each arm; they need not add up to 100.'),
    sticky: z.boolean().default(true).describe('Kept on re-entry and under changed weights, while the arm exists.'),
  },
  exits: ({ arms }) => Object.keys(arms),
  effects: ['update-record'],
  enter({ step, state, process, context }): Reaction {
    const name = `${process.key}/${step.id}`;
    const kept = context.contact.arms[name] ?? state.arms[step.id];
    if (step.sticky && kept !== undefined && Object.hasOwn(step.arms, kept)) {
      return { do: 'leave', exit: kept, detail: { kept: true } };
    }
    const arm = draw(step.arms, hash32(`${state.subject.contactId}/${name}`));
    if (!step.sticky) return { do: 'leave', exit: arm, detail: { arms: step.arms } };
    const subject = { kind: 'contact' as const, id: state.subject.contactId, contactId: state.subject.contactId };
    return {
      do: 'perform',
      effect: { name: 'update-record', item: { subject, set: { [`arms.${name}`]: arm } } },
      detail: { arms: step.arms, arm },
      data: { arm },
    };
  },
  on({ step, token }, signal): Reaction {
    const { arm } = token.data;
    if (signal.type !== 'performed' || typeof arm !== 'string') return { do: 'stay' };
    return { do: 'leave', exit: arm, arms: { [step.id]: arm }, detail: { arms: step.arms } };
  },
});

/** The arm into whose share of the weights the hash falls. */
function draw(arms: Record<string, number>, hash: number): string {
  const entries = Object.entries(arms);
  const sum = entries.reduce((total, [, weight]) => total + weight, 0);
  let point = (hash / 0x1_0000_0000) * sum;
  for (const [arm, weight] of entries) {
    if (point < weight) return arm;
    point -= weight;
  }
  throw new RangeError('a split needs an arm with a weight above 0');
}
