import { z } from 'zod';
import { key } from '../schema/common.ts';
import { defineStep, type Reaction } from './define.ts';

export const assignOwner = defineStep({
  type: 'assign-owner',
  summary: 'Gives the subject an owner among active users, in turn or to the least loaded.',
  group: 'people',
  params: {
    among: z.union([z.strictObject({ users: z.array(key).min(1) }), z.strictObject({ role: key })]),
    strategy: z.enum(['round-robin', 'least-loaded']).default('round-robin'),
    keep: z.boolean().default(true).describe('An owner who is active stays.'),
  },
  exits: () => ['assigned', 'nobody'],
  effects: ['assign-owner'],
  references: ({ among }) =>
    'role' in among
      ? [{ kind: 'role', key: among.role, path: ['among', 'role'] }]
      : among.users.map((user, index) => ({ kind: 'user', key: user, path: ['among', 'users', index] })),
  enter({ step, state }): Reaction {
    const { among, strategy, keep } = step;
    const item = { subject: state.subject, among, strategy, keep };
    return { do: 'perform', effect: { name: 'assign-owner', item }, detail: { among, strategy, keep } };
  },
  /** The answer names the `user`, or null when nobody is there. */
  on(_visit, signal): Reaction {
    if (signal.type !== 'performed') return { do: 'stay' };
    const exit = typeof signal.result.user === 'string' ? 'assigned' : 'nobody';
    return { do: 'leave', exit, as: 'performed', detail: signal.result };
  },
});
