import { intakeItem } from '../../delivery/intake/items.ts';
import { type PerformEffect, performed } from './effect.ts';
import { applyThroughIntake } from './intake.ts';

/** Moves deals. Answers `verdict` (`moved`, or `refused` with `reason`): that a guard refuses is an answer, no failure. */
export const moveDeal: PerformEffect<'move-deal'> = async (effects, deps) => {
  const outcomes = await applyThroughIntake(
    effects.map(({ key, instance, item: { subject, ...way } }) => {
      const body = { do: 'move', dealId: subject.id, by: `instance:${instance}`, ...way } as const;
      return intakeItem('deal', key, body, 'engine');
    }),
    deps,
  );
  return outcomes.map((outcome) => {
    if (outcome.status === 'performed') return performed(outcome.key, { verdict: 'moved' });
    if (outcome.status !== 'failed' || outcome.error.code !== 'GUARD_NOT_MET') return outcome;
    return performed(outcome.key, { verdict: 'refused', reason: outcome.error.message });
  });
};
