import type { JsonObject } from '../../../engine/json.ts';
import { carriesDeal } from '../../../engine/model/deal.ts';
import type { DomainEvent } from '../../../engine/model/event.ts';
import { subjectIn } from '../subject.ts';

/** The deal that an event is about, as it was after it. */
export function eventDeal({ name, data }: Pick<DomainEvent, 'name' | 'data'>): JsonObject | undefined {
  return carriesDeal(name) ? subjectIn(data.deal) : undefined;
}
