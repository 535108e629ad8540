import { intakeItem } from '../../delivery/intake/items.ts';
import { type PerformEffect, performed } from './effect.ts';
import { submit } from './intake.ts';

/** Asks the intake to let the subject, or its contact, into another process; its entry rules decide there. */
export const startProcess: PerformEffect<'start-process'> = async (effects, deps) => {
  const items = effects.map(({ key, item: { process, subject, data, by } }) => {
    const ticket = subject.kind === 'ticket' ? { ticketId: subject.id } : {};
    return intakeItem('enrol', key, { process, contactId: subject.contactId, data, by, ...ticket }, 'engine');
  });
  await submit(items, deps);
  return effects.map(({ key }) => performed(key));
};
