import { intakeItem } from '../../delivery/intake/items.ts';
import { TicketMessages } from '../../store/models/ticket-message.ts';
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
  // The first message of a ticket has the id of the item that opened it.
  const first = await TicketMessages.find({ _id: { $in: effects.map(({ key }) => key) } }, { ticketId: 1 }).lean();
  const opened = new Map(first.map(({ _id, ticketId }) => [_id, ticketId]));
  return outcomes.map((outcome) => {
    const ticket = opened.get(outcome.key);
    return outcome.status === 'performed' && ticket !== undefined ? performed(outcome.key, { ticket }) : outcome;
  });
};
