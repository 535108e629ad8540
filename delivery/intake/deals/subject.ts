import type { JsonObject } from '../../../engine/json.ts';
import type { DomainEvent } from '../../../engine/model/event.ts';
import { subjectIn } from '../subject.ts';

/** Events that Voronka itself tells of a deal. In others `deal` is whatever their sender wrote. */
const ofDeals = /^(deal|task|approval|document)\./;

/** The deal that an event is about, as it was after it. */
export function eventDeal({ name, data }: Pick<DomainEvent, 'name' | 'data'>): JsonObject | undefined {
  return ofDeals.test(name) ? subjectIn(data.deal) : undefined;
}
