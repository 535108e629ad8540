import { intakeItem } from '../../delivery/intake/items.ts';
import type { PerformEffect } from './effect.ts';
import { applyThroughIntake } from './intake.ts';
import { ticketsOf } from './subject.ts';

/** Writes internal notes into the conversations of tickets. */
export const addNote: PerformEffect<'add-note'> = async (effects, deps) => {
  const tickets = await ticketsOf(effects);
  return await applyThroughIntake(
    effects.map(({ key, instance, item: { subject, text } }) => {
      const ticketId = tickets.get(subject.id)?.id ?? subject.id;
      const said = { do: 'say', ticketId, by: `instance:${instance}`, message: { text }, internal: true } as const;
      return intakeItem('ticket', key, said, 'engine');
    }),
    deps,
  );
};
