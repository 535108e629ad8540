import type { JsonObject } from '../../../engine/json.ts';
import type { Actor } from '../../../engine/model/actor.ts';
import { type DealEventName, dealJson } from '../../../engine/model/deal.ts';
import { dealView } from '../../../store/deals.ts';
import { follows, type Happening, main } from '../happening.ts';
import type { Person } from '../person.ts';
import type { DealFile } from './book.ts';

/** Whose deal it is and who does something to it. */
export interface DealScene {
  file: DealFile;
  person: Person;
  by: Actor;
}

/** The deal as events carry it, under the contact that has it now. */
export function dealOf({ doc }: DealFile, person: Person): JsonObject {
  return dealJson({ ...dealView(doc), contactId: person.doc._id });
}

/** An event of the deal, as it is now. `depth`: of the event. */
export function dealEvent(
  name: DealEventName,
  { file, person, by }: DealScene,
  more: JsonObject,
  depth = 0,
): Happening {
  return follows(name, { ...more, by, deal: dealOf(file, person) }, depth);
}

/** The first of them is the item's own event. */
export function withMain([first, ...others]: readonly Happening[]): Happening[] {
  return first === undefined ? [] : [main(first.name, first.data), ...others];
}
