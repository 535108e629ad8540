import type { Json, JsonObject } from '../../../engine/json.ts';
import type { DomainEvent } from '../../../engine/model/event.ts';
import type { DefinitionRef } from '../../../engine/model/state.ts';
import type { Seat } from '../person.ts';

/** The built-in definition of all clocks: which policies hold is decided anew by every change of the ticket. */
export const clockDefinition: DefinitionRef = { key: 'sla', version: 1, hash: 'sla' };

/** The ticket that an event is about, as it was after it. */
export function eventTicket({ data: { ticket } }: Pick<DomainEvent, 'data'>): JsonObject | undefined {
  return isObject(ticket) && typeof ticket.id === 'string' ? ticket : undefined;
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
  if (definition.hash === clockDefinition.hash) return ticket?.id === subject.id && event.name.startsWith('ticket.');
  return ticket === undefined || ticket.id === subject.id;
}
