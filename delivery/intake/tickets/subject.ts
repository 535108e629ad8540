import type { JsonObject } from '../../../engine/json.ts';
import type { DomainEvent } from '../../../engine/model/event.ts';
import { subjectIn } from '../subject.ts';

/** Events that Voronka itself tells of a ticket. In others `ticket` is whatever their sender wrote. */
const ofTickets = /^(ticket|sla|survey|task|approval|document)\./;

/** The ticket that an event is about, as it was after it. */
export function eventTicket({ name, data: { ticket } }: Pick<DomainEvent, 'name' | 'data'>): JsonObject | undefined {
  return ofTickets.test(name) ? subjectIn(ticket) : undefined;
}
