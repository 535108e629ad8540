import { dealSet } from '../../delivery/intake/deals/body.ts';
import { intakeItem } from '../../delivery/intake/items.ts';
import type { EffectOf } from '../../engine/model/effects.ts';
import type { TicketView } from '../../engine/model/ticket.ts';
import { fieldsBySubject } from '../../engine/steps/update-record.ts';
import type { IntakeItem } from '../../store/models/intake.ts';
import type { Outcome, PerformEffect } from './effect.ts';
import { applyThroughIntake } from './intake.ts';
import { ticketsOf } from './subject.ts';

/**
 * Sets fields of the subject: a ticket's or a deal's own ones, and the contact's. What changes is a `ticket.changed`,
 * `deal.changed` or `contact.changed` event for everybody who watches.
 */
export const updateRecord: PerformEffect<'update-record'> = async (effects, deps) => {
  const tickets = await ticketsOf(effects);
  const changes = effects.map((effect) => ({ key: effect.key, items: itemsOf(effect, tickets) }));
  const outcomes = await applyThroughIntake(
    changes.flatMap(({ items }) => items),
    deps,
  );
  const byItem = new Map(outcomes.map((outcome) => [outcome.key, outcome]));
  return changes.map(({ key, items }) => worst(key, items, byItem));
};

function itemsOf({ key, instance, item: { subject, set } }: EffectOf<'update-record'>, tickets: Tickets): IntakeItem[] {
  const { own, contact } = fieldsBySubject(subject.kind, set);
  const items: IntakeItem[] = [];
  if (Object.keys(own).length > 0) {
    // Values may be computed: whether the ticket or the deal can take them is seen by the intake.
    const deed = { do: 'change', by: `instance:${instance}` };
    const item = { id: key, source: 'engine' };
    const ticketId = tickets.get(subject.id)?.id ?? subject.id;
    if (subject.kind === 'deal') {
      items.push({ ...item, kind: 'deal', body: { ...deed, dealId: subject.id, set: dealSet(own) } });
    } else items.push({ ...item, kind: 'ticket', body: { ...deed, ticketId, set: own } });
  }
  if (Object.keys(contact).length > 0) {
    const id = items.length === 0 ? key : `${key}/contact`;
    items.push(intakeItem('change', id, { contactId: subject.contactId, set: contact, by: instance }, 'engine'));
  }
  return items;
}

type Tickets = ReadonlyMap<string, TicketView>;

/** One answer for all items of an effect: it is performed when every one of them is. */
function worst(key: string, items: readonly IntakeItem[], outcomes: ReadonlyMap<string, Outcome>): Outcome {
  const all = items.flatMap(({ id }) => outcomes.get(id) ?? []);
  const outcome = all.find(({ status }) => status !== 'performed') ?? all[0];
  return outcome ? { ...outcome, key } : { key, status: 'performed', result: {} };
}
