import type { DomainEvent } from '../../engine/model/event.ts';
import { clocksDefinition } from '../../engine/sla/start.ts';
import { eventDeal } from './deals/subject.ts';
import type { Seat } from './person.ts';
import { eventTicket } from './tickets/subject.ts';

/**
 * Whether an instance may hear of an event of its contact: one that is about a ticket or a deal hears nothing of others of
 * its kind, and a clock of nothing but what is done to its own ticket.
 */
export function concerns({ subject, definition }: Seat, event: DomainEvent): boolean {
  if (subject.kind === 'contact') return true;
  const about = subject.kind === 'deal' ? eventDeal(event) : eventTicket(event);
  if (definition.hash === clocksDefinition.hash) return about?.id === subject.id && event.name.startsWith('ticket.');
  return about === undefined || about.id === subject.id;
}
