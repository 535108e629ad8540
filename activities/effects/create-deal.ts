import { dealSet } from '../../delivery/intake/deals/body.ts';
import { plainId } from '../../delivery/intake/plain-id.ts';
import { type PerformEffect, performed } from './effect.ts';
import { applyThroughIntake } from './intake.ts';

/** Opens deals of the subjects' contacts. Answers the `deal`'s id. */
export const createDeal: PerformEffect<'create-deal'> = async (effects, deps) => {
  const outcomes = await applyThroughIntake(
    effects.map(({ key, instance, item: { subject, title, set, ...where } }) => ({
      kind: 'deal' as const,
      id: key,
      // Values may be computed: whether a deal can take them is seen by the intake.
      body: {
        do: 'open',
        by: `instance:${instance}`,
        contactId: subject.contactId,
        pipeline: where.pipeline,
        stage: where.stage,
        set: { ...dealSet(set), title },
      },
      source: 'engine',
    })),
    deps,
  );
  return outcomes.map((outcome) =>
    outcome.status === 'performed' ? performed(outcome.key, { deal: plainId(outcome.key) }) : outcome,
  );
};
