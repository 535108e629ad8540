import type { TicketEventName, TicketView } from '../../engine/model/ticket.ts';
import type { Calendar } from '../../engine/schema/calendar.ts';
import type { Sla } from '../../engine/schema/index.ts';
import { ticketOf } from '../../engine/sla/snapshot.ts';
import { type EventDoc, Events } from '../../store/models/event.ts';
import { Desk } from '../engine/sla/desk.ts';

/** What the engine alone makes of the events of a ticket as they were stored, up to an instant. */
export async function replayed(
  ticketId: string,
  { hours, policies }: { hours: Calendar; policies: readonly Sla[] },
  end: number,
): Promise<Desk> {
  const events = await Events.find({ 'data.ticket.id': ticketId, name: /^ticket\./ })
    .sort({ seq: 1 })
    .lean<EventDoc[]>();
  const [created, ...others] = events;
  if (created === undefined) throw new Error(`nothing happened to ${ticketId}`);
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
