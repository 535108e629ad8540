import { intakeItem } from '../../delivery/intake/items.ts';
import { plainId } from '../../delivery/intake/plain-id.ts';
import { type PerformEffect, performed } from './effect.ts';
import { applyThroughIntake } from './intake.ts';

/** Opens tickets of the subjects' contacts. Answers the `ticket`'s id. */
export const createTicket: PerformEffect<'create-ticket'> = async (effects, deps) => {
  const outcomes = await applyThroughIntake(
    effects.map(({ key, instance, item: { subject, title, text, ticket } }) => {
      const by = `instance:${instance}` as const;
      const { contactId } = subject;
      const opened = {
        do: 'open',
        by,
        contactId,
        channel: 'api',
        subject: title,
        message: { text },
        set: ticket,
      } as const;
      return intakeItem('ticket', key, opened, 'engine');
    }),
    deps,
  );
  return outcomes.map((outcome) =>
    outcome.status === 'performed' ? performed(outcome.key, { ticket: plainId(outcome.key) }) : outcome,
  );
};
