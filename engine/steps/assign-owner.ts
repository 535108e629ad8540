import { z } from 'zod';
import type { Among } from '../model/effects.ts';
import { identifier, key } from '../schema/common.ts';
import { defineStep, type Reaction, type Reference } from './define.ts';

const among = z
  .union([
    z.strictObject({ users: z.array(key).min(1) }),
    z.strictObject({ role: key }),
    z.strictObject({ chain: z.array(key).min(1).max(20).describe('Roles from the lowest to the highest.') }),
    z.strictObject({ routing: key }),
  ])
  .describe(
    'Named users; everyone with a role; somebody of the next role above the present owner, for whom a deputy may stand in; or those whom a routing names. Absent people get nothing.',
  );

export const assignOwner = defineStep({
  type: 'assign-owner',
  summary:
    'Gives a contact or a deal its owner, or a ticket its assignee: in turn, to the least loaded, up a chain, or by a routing.',
  group: 'people',
  params: {
    among,
    strategy: z.enum(['round-robin', 'least-loaded']).default('round-robin').describe('A routing has its own.'),
    keep: z
      .boolean()
      .default(true)
      .describe(
        'An owner who is active and not absent stays; a chain always goes on. With `false` a routing passes over whom this step asked before.',
      ),
    into: identifier.optional().describe("`vars.<into>` becomes the chosen user's key."),
  },
  exits: () => ['assigned', 'nobody'],
  effects: ['assign-owner'],
  references: ({ among }) => referencesOf(among),
  provides: ({ into }) => (into === undefined ? [] : [into]),
  enter({ step, state }): Reaction {
    const { among, strategy, keep } = step;
    const item = { subject: state.subject, among, strategy, keep };
    return { do: 'perform', effect: { name: 'assign-owner', item }, detail: { among, strategy, keep } };
  },
  /** The answer is a Decision of engine/routing: the `user`, or null when nobody is there, and who was looked at. */
  on({ step }, signal): Reaction {
    if (signal.type !== 'performed') return { do: 'stay' };
    const { user } = signal.result;
    if (typeof user !== 'string') return { do: 'leave', exit: 'nobody', as: 'performed', detail: signal.result };
    const vars = step.into === undefined ? {} : { vars: { [step.into]: user } };
    return { do: 'leave', exit: 'assigned', as: 'performed', detail: signal.result, ...vars };
  },
});

function referencesOf(among: Among): Reference[] {
  if ('routing' in among) return [{ kind: 'routing', key: among.routing, path: ['among', 'routing'] }];
  if ('role' in among) return [{ kind: 'role', key: among.role, path: ['among', 'role'] }];
  const [kind, name, keys] =
    'chain' in among ? ['role' as const, 'chain', among.chain] : ['user' as const, 'users', among.users];
  return keys.map((one, index) => ({ kind, key: one, path: ['among', name, index] }));
}
