import type { JsonObject } from '../../../engine/json.ts';
import type { DomainEvent } from '../../../engine/model/event.ts';
import { subjectIn } from '../subject.ts';

/** The deal that an event of Voronka's own is about, as it was after it. */
export function eventDeal({ name, data }: Pick<DomainEvent, 'name' | 'data'>): JsonObject | undefined {
  return name.startsWith('deal.') ? subjectIn(data.deal) : undefined;
}
