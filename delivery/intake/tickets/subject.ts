import type { Json, JsonObject } from '../../../engine/json.ts';
import type { DomainEvent } from '../../../engine/model/event.ts';
import { clocksDefinition } from '../../../engine/sla/start.ts';
import type { Seat } from '../person.ts';

/** Events that Voronka itself tells of a ticket. In others `ticket` is whatever their sender wrote. */
const ofTickets = /^(ticket|sla|survey)\./;

/** The ticket that an event is about, as it was after it. */
export function eventTicket({ name, data: { ticket } }: Pick<DomainEvent, 'name' | 'data'>): JsonObject | undefined {
  return ofTickets.test(name) && isObject(ticket) && typeof ticket.id === 'string' ? ticket : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether an instance may hear of an event of its contact: one that is about a ticket hears nothing of other tickets, and a
 * clock of nothing but what is done to its own.
 */
export function concerns({ subject, definition }: Seat, event: DomainEvent): boolean {
  if (subject.kind !== 'ticket') return true;
  const ticket = eventTicket(event);
  if (definition.hash === clocksDefinition.hash) return ticket?.id === subject.id && event.name.startsWith('ticket.');
  return ticket === undefined || ticket.id === subject.id;
}
