import type { TicketEventName, TicketView } from '../../engine/model/ticket.ts';
import type { Calendar } from '../../engine/schema/calendar.ts';
import type { Sla } from '../../engine/schema/index.ts';
import { ticketOf } from '../../engine/sla/snapshot.ts';
import { type EventDoc, Events } from '../../store/models/event.ts';
import { Desk } from '../engine/sla/desk.ts';

/** What was told of each ticket, in order, by its id. */
export async function told(): Promise<Map<string, EventDoc[]>> {
  const byTicket = new Map<string, EventDoc[]>();
  for (const event of await Events.find({ name: /^ticket\./ })
    .sort({ seq: 1 })
    .lean<EventDoc[]>()) {
    const { id } = viewOf(event);
    byTicket.set(id, [...(byTicket.get(id) ?? []), event]);
  }
  return byTicket;
}

/** What the engine alone makes of the events of a ticket, up to an instant. */
export function replayed(
  [created, ...others]: readonly EventDoc[],
  { hours, policies }: { hours: Calendar; policies: readonly Sla[] },
  end: number,
): Desk {
  if (created === undefined) throw new Error('nothing happened to the ticket');
  const desk = new Desk(created.occurredAt.toISOString(), viewOf(created)).open(hours);
  for (const policy of policies) desk.publish(policy);
  desk.start();
  for (const event of others) {
    desk.ticket = viewOf(event);
    const { ticket: _, ...more } = event.data;
    desk.say(event.occurredAt.getTime(), event.name as TicketEventName, {}, more);
  }
  return desk.wait(end);
}

function viewOf({ _id, name, occurredAt, seq, data }: EventDoc): TicketView {
  const ticket = ticketOf({ id: _id, name, occurredAt: occurredAt.getTime(), seq, data });
  if (ticket === null) throw new Error(`${name} tells of no ticket`);
  return ticket;
}
