import { intakeItem } from '../../delivery/intake/items.ts';
import { plainId } from '../../delivery/intake/plain-id.ts';
import { type PerformEffect, performed } from './effect.ts';
import { submit } from './intake.ts';

/**
 * Withdraws approvals for whose outcome nobody waits any more. They were requested in an earlier decision, so the intake has the
 * request before this. What is decided already stays so.
 */
export const abandonApproval: PerformEffect<'abandon-approval'> = async (effects, deps) => {
  const items = effects.map(({ key, instance, item: { request } }) => {
    const body = { do: 'abandon', by: `instance:${instance}`, approvalId: plainId(request) } as const;
    return intakeItem('approval', key, body, 'engine');
  });
  await submit(items, deps);
  return effects.map(({ key }) => performed(key));
};
