import { intakeItem } from '../../delivery/intake/items.ts';
import { plainId } from '../../delivery/intake/plain-id.ts';
import { type PerformEffect, performed } from './effect.ts';
import { applyThroughIntake } from './intake.ts';

/** Asks for approvals. Answers the `approval`'s id; its outcome comes as the event `approval.decided`. */
export const requestApproval: PerformEffect<'request-approval'> = async (effects, deps) => {
  const outcomes = await applyThroughIntake(
    effects.map(({ key, instance, item }) => {
      const body = { do: 'request', by: `instance:${instance}`, ...item } as const;
      return intakeItem('approval', key, body, 'engine');
    }),
    deps,
  );
  return outcomes.map((outcome) =>
    outcome.status === 'performed' ? performed(outcome.key, { approval: plainId(outcome.key) }) : outcome,
  );
};
