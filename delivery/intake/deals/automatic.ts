import type { DomainEvent } from '../../../engine/model/event.ts';
import { longestChain, moveByItself, tellsOfMove } from '../../../engine/pipeline/automatic.ts';
import { dealView } from '../../../store/deals.ts';
import { noteIn } from '../failed-conditions.ts';
import type { Happening } from '../happening.ts';
import type { Desk } from '../kinds.ts';
import type { Person } from '../person.ts';
import type { DealFile } from './book.ts';
import { moveScene, takeTo } from './moving.ts';
import { eventDeal } from './subject.ts';
import { type DealScene, dealEvent } from './telling.ts';

/** What nobody did: no activity. */
const machinery = new Set(['engine', 'schedule']);

export interface Occasion {
  event: DomainEvent;
  /** Of the event. */
  depth: number;
  source: string;
}

/** Looks whether an event of a contact moves its open deals. @returns what is told of them */
export function moveDeals(
  person: Person,
  { event, depth, source }: Occasion,
  desk: Pick<Desk, 'crowd' | 'deals' | 'library' | 'ledger'>,
): Happening[] {
  if (event.name === 'deal.move-refused' || tellsOfMove(event)) return [];
  const named = namedDeal(event);
  const files = desk.deals.openOf(person, desk.crowd).filter(({ doc }) => named === undefined || doc._id === named);
  return files.flatMap((file) => {
    if (!machinery.has(source)) {
      desk.deals.touch(file);
      file.doc.activityAt = new Date(Math.max(event.occurredAt, file.doc.activityAt.getTime()));
    }
    return look({ file, person, by: 'system' }, event, depth + 1, desk);
  });
}

/** The deal that an event is about, where it says so: as Voronka tells it, or as others name it. */
function namedDeal(event: DomainEvent): string | undefined {
  const id = eventDeal(event)?.id ?? event.data.dealId ?? event.data.deal;
  return typeof id === 'string' ? id : undefined;
}

function look(
  scene: DealScene,
  event: DomainEvent,
  depth: number,
  desk: Pick<Desk, 'crowd' | 'deals' | 'library' | 'ledger'>,
): Happening[] {
  const { file, person } = scene;
  const pipeline = desk.library.pipelines[file.doc.pipeline];
  if (pipeline === undefined) return [];
  const moving = { ...desk, occurredAt: event.occurredAt };
  const tell = noteIn(desk.ledger, person, `pipeline/${pipeline.key}`, event.occurredAt);
  const { made, refused } = moveByItself(pipeline, dealView(file.doc), event, moveScene(scene, moving), tell);
  const told = refused.flatMap(({ move, refused }) => {
    const data = { move: move.id, to: move.to, refused: JSON.parse(JSON.stringify(refused)) };
    return isNews(file, move.id, JSON.stringify(refused), desk)
      ? [dealEvent('deal.move-refused', scene, data, depth)]
      : [];
  });
  if (made === undefined) return told;
  const { move } = made;
  if (depth <= longestChain) return [...told, ...takeTo(scene, made.deal, { move: move.id }, moving, depth)];
  const why = `more than ${longestChain} moves follow from one another`;
  if (!isNews(file, move.id, why, desk)) return told;
  return [...told, dealEvent('deal.move-refused', scene, { move: move.id, to: move.to, refused: [], why }, depth)];
}

/** Whether a refusal has another cause than the one that was told last. */
function isNews(file: DealFile, move: string, cause: string, { deals }: Pick<Desk, 'deals'>): boolean {
  if (file.doc.refusals[move] === cause) return false;
  deals.touch(file);
  file.doc.refusals = { ...file.doc.refusals, [move]: cause };
  return true;
}
