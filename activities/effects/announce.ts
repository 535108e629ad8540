import { intakeItem } from '../../delivery/intake/items.ts';
import { type PerformEffect, performed } from './effect.ts';
import { submit } from './intake.ts';
import { withTicket } from './subject.ts';

/** Tells what an instance saw as a domain event of the subject's contact. The event has the effect's key as its id. */
export const announce: PerformEffect<'announce'> = async (effects, deps) => {
  const data = await withTicket(effects);
  const items = effects.map(({ key, item: { subject, event, occurredAt } }) =>
    intakeItem('event', key, { contactId: subject.contactId, event, data: data.get(key) ?? {}, occurredAt }, 'engine'),
  );
  await submit(items, deps);
  return effects.map(({ key }) => performed(key));
};
