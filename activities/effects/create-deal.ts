import { dealSet } from '../../delivery/intake/deals/body.ts';
import { plainId } from '../../delivery/intake/plain-id.ts';
import { dealsById, openDealsOf } from '../../store/deals.ts';
import { type PerformEffect, performed } from './effect.ts';
import { applyThroughIntake } from './intake.ts';

/**
 * Opens deals of the subjects' contacts. Answers `verdict` (`opened`, or `exists` where none was wanted beside an open one) and the `deal`'s
 * id.
 */
export const createDeal: PerformEffect<'create-deal'> = async (effects, deps) => {
  const outcomes = await applyThroughIntake(
    effects.map(({ key, instance, item: { subject, title, set, pipeline, stage, whenOpen } }) => ({
      kind: 'deal' as const,
      id: key,
      // Values may be computed: whether a deal can take them is seen by the intake.
      body: {
        do: 'open',
        by: `instance:${instance}`,
        contactId: subject.contactId,
        pipeline,
        stage,
        whenOpen,
        set: { ...dealSet(set), title },
      },
      source: 'engine',
    })),
    deps,
  );
  const careful = effects.filter(({ item }) => item.whenOpen === 'none');
  const opened = new Set((await dealsById(careful.map(({ key }) => plainId(key)))).map(({ _id }) => _id));
  const others = careful.filter(({ key }) => !opened.has(plainId(key)));
  const present = await openDealsOf([...new Set(others.map(({ item }) => item.subject.contactId))]);
  const existing = new Map(
    others.map(({ key, item: { subject, pipeline } }) => [
      key,
      present.find((deal) => deal.contactId === subject.contactId && deal.pipeline === pipeline)?._id ?? null,
    ]),
  );
  return outcomes.map((outcome) => {
    const { key, status } = outcome;
    if (status !== 'performed') return outcome;
    const known = existing.get(key);
    return performed(
      key,
      known === undefined ? { verdict: 'opened', deal: plainId(key) } : { verdict: 'exists', deal: known },
    );
  });
};
