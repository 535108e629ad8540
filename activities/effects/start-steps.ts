import { intakeItem } from '../../delivery/intake/items.ts';
import { type PerformEffect, performed } from './effect.ts';
import { submit } from './intake.ts';
import { withTicket } from './subject.ts';

/** Asks the intake to begin the steps of a definition's part; the effect's key lets them begin once. */
export const startSteps: PerformEffect<'start-steps'> = async (effects, deps) => {
  const data = await withTicket(effects);
  const items = effects.map(({ key, item: { definition, subject, event, occurredAt } }) => {
    const { contactId } = subject;
    const body = { contactId, subject, definition, event, data: data.get(key) ?? {}, occurredAt };
    return intakeItem('steps', key, body, 'engine');
  });
  await submit(items, deps);
  return effects.map(({ key }) => performed(key));
};
