import type { JsonObject } from '../../../engine/json.ts';
import type { DealEventName, DealView, Refusal } from '../../../engine/model/deal.ts';
import type { MoveScene } from '../../../engine/pipeline/move.ts';
import { contactView } from '../../../store/contacts.ts';
import type { DealDoc } from '../../../store/models/deal.ts';
import { changed } from '../arrival.ts';
import type { Happening } from '../happening.ts';
import type { Desk } from '../kinds.ts';
import { ItemProblem } from '../problem.ts';
import { type DealScene, dealEvent } from './telling.ts';

/** What guards look at when somebody moves a deal. */
export function moveScene({ person, by }: Omit<DealScene, 'file'>, desk: MovingDesk): MoveScene {
  const { deals, library, occurredAt } = desk;
  const role = by.startsWith('user:') ? deals.roles.get(by.slice('user:'.length)) : undefined;
  return { contact: contactView(person.doc), calendars: library.calendars, now: occurredAt, role };
}

type MovingDesk = Pick<Desk, 'deals' | 'library' | 'occurredAt'>;

/** Why and how a deal goes on. */
export interface Way {
  why?: string | undefined;
  /** Id of the pipeline's move that it makes by itself. */
  move?: string;
}

/**
 * Takes a deal where `moveDeal` let it go. @returns what is told of it
 * @param after the deal as it is there
 * @param depth of the events
 */
export function takeTo(
  scene: DealScene,
  after: DealView,
  { why, move }: Way,
  desk: MovingDesk,
  depth = 0,
): Happening[] {
  const { file, by } = scene;
  desk.deals.touch(file);
  const before = { ...file.doc };
  place(file.doc, after);
  const fromPipeline = before.pipeline === after.pipeline ? undefined : before.pipeline;
  const said = {
    from: before.stage,
    to: after.stage,
    ...(fromPipeline !== undefined && { fromPipeline }),
    ...(why !== undefined && { why }),
    ...(move !== undefined && { move }),
    ...(after.lostReason !== undefined && { reason: after.lostReason }),
  };
  file.doc.moves = [...file.doc.moves, { at: new Date(desk.occurredAt), by, ...said }];
  file.doc.refusals = {};
  const fields = (['pipeline', 'stage', 'status'] as const).filter((field) => before[field] !== after[field]);
  const changes = fields.map((field) => ({ field, from: before[field], to: after[field] }));
  const more: JsonObject = why === undefined ? {} : { why };
  return [
    dealEvent('deal.changed', scene, { ...changed(changes), ...more }, depth),
    dealEvent(nameOf(before, after), scene, said, depth),
  ];
}

function nameOf({ status }: DealDoc, after: DealView): DealEventName {
  if (after.status === 'won') return 'deal.won';
  if (after.status === 'lost') return 'deal.lost';
  return status === 'open' ? 'deal.stage-changed' : 'deal.reopened';
}

/** Writes where a deal is now. */
function place(
  doc: DealDoc,
  { pipeline, stage, status, stageSince, activityAt, closedAt, lostReason }: DealView,
): void {
  if (status === 'open') delete doc.closedFrom;
  else doc.closedFrom = doc.stage;
  delete doc.closedAt;
  delete doc.lostReason;
  Object.assign(doc, { pipeline, stage, status });
  doc.stageSince = new Date(stageSince);
  doc.activityAt = new Date(Math.max(activityAt, doc.activityAt.getTime()));
  if (closedAt !== undefined) doc.closedAt = new Date(closedAt);
  if (lostReason !== undefined) doc.lostReason = lostReason;
}

/** @throws ItemProblem that names every guard and what it misses */
export function refuse(refused: readonly Refusal[]): never {
  const text = refused.map(inWords).join('; ');
  throw new ItemProblem('GUARD_NOT_MET', text, { refused: JSON.parse(JSON.stringify(refused)) });
}

function inWords({ stage, guard, message, missing, roles, when }: Refusal): string {
  const reasons = [
    ...(missing.length > 0 ? [`${missing.join(', ')} missing`] : []),
    ...(when === undefined ? [] : [`not so: ${when}`]),
    ...(roles === undefined ? [] : [`for ${roles.join(', ')} only`]),
  ];
  return `${stage}/${guard}: ${typeof message === 'string' ? message : message.en} (${reasons.join('; ')})`;
}
