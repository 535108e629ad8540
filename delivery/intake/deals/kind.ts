import type { JsonObject } from '../../../engine/json.ts';
import { type MoveVerdict, moveDeal } from '../../../engine/pipeline/move.ts';
import type { Pipeline } from '../../../engine/schema/index.ts';
import { dealView } from '../../../store/deals.ts';
import type { DealDoc } from '../../../store/models/deal.ts';
import { arrival, changed } from '../arrival.ts';
import type { Applied, Desk } from '../kinds.ts';
import { ownerOf } from '../owner.ts';
import type { Person } from '../person.ts';
import { plainId } from '../plain-id.ts';
import { ItemProblem } from '../problem.ts';
import { resolve } from '../resolve.ts';
import type { DealBody } from './body.ts';
import type { DealFile } from './book.ts';
import { refuseStranger, setDealFields } from './changing.ts';
import { moveScene, refuse, takeTo } from './moving.ts';
import { type DealScene, dealEvent, dealOf, withMain } from './telling.ts';

type BodyOf<D extends DealBody['do']> = Extract<DealBody, { do: D }>;

/** What an item of the kind `deal` does. @throws ItemProblem for what cannot be done, with the guards that refuse it */
export function applyDeal(body: DealBody, desk: Desk): Applied {
  switch (body.do) {
    case 'open':
      return open(body, desk);
    case 'change':
      return change(body, desk);
    case 'move':
      return move(body, desk);
    case 'reopen':
      return reopen(body, desk);
    case 'note':
      return note(body, desk);
  }
}

/** Whoever has the contact has its deal, unless it is said. A deal begins before the first stage: in a later one it has passed all guards up to there. */
function open({ by, pipeline: key, stage, set, whenOpen, ...who }: BodyOf<'open'>, desk: Desk): Applied {
  refuseStranger(set.owner, desk.deals);
  const pipeline = pipelineOf(key, desk);
  const resolved = resolve(desk.crowd, who, desk.at);
  const { person } = resolved;
  if (resolved.created) person.doc.language = desk.library.policy.company.language;
  if (whenOpen === 'none' && desk.deals.openOf(person, desk.crowd).some(({ doc }) => doc.pipeline === key)) {
    return { person, happenings: arrival(resolved, desk.ledger) };
  }
  const at = new Date(desk.occurredAt);
  const doc: DealDoc = {
    _id: plainId(desk.id),
    number: desk.deals.nextNumber(),
    title: set.title,
    contactId: person.doc._id,
    pipeline: key,
    stage: '',
    status: 'open',
    currency: pipeline.currency,
    items: [],
    attributes: {},
    createdAt: at,
    stageSince: at,
    activityAt: at,
    updatedAt: at,
    moves: [],
    refusals: {},
  };
  const { owner } = person.doc;
  setDealFields(doc, owner !== undefined && desk.deals.roles.has(owner) ? { owner, ...set } : set);
  const to = stage ?? pipeline.stages[0]?.key ?? '';
  allowed(moveDeal(pipeline, dealView(doc), { to }, moveScene({ person, by }, desk)));
  doc.stage = to;
  doc.moves = [{ at, to, by }];
  const scene: DealScene = { file: desk.deals.add(doc), person, by };
  const told = withMain([dealEvent('deal.created', scene, {})]);
  return { person, happenings: [...arrival(resolved, desk.ledger), ...told] };
}

function change(body: BodyOf<'change'>, desk: Desk): Applied {
  const scene = sceneOf(body, desk);
  const { file, person } = scene;
  refuseStranger(body.set.owner, desk.deals);
  desk.deals.touch(file);
  const changes = setDealFields(file.doc, body.set);
  if (changes.length === 0) return { person, happenings: [] };
  touchActivity(scene, desk);
  const more = { ...changed(changes), ...(body.why !== undefined && { why: body.why }) };
  return { person, happenings: withMain([dealEvent('deal.changed', scene, more)]) };
}

function move(body: BodyOf<'move'>, desk: Desk): Applied {
  const scene = sceneOf(body, desk);
  const { doc } = scene.file;
  if (doc.status !== 'open') {
    throw new ItemProblem('DEAL_CLOSED', `the deal ${doc._id} is ${doc.status}: reopen it first`);
  }
  const key = body.pipeline ?? doc.pipeline;
  if (key === doc.pipeline && body.to === doc.stage) return { person: scene.person, happenings: [] };
  return go(scene, pipelineOf(key, desk), body.to, body, desk);
}

function reopen(body: BodyOf<'reopen'>, desk: Desk): Applied {
  const scene = sceneOf(body, desk);
  const { doc } = scene.file;
  if (doc.status === 'open') throw new ItemProblem('CONFLICT', `the deal ${doc._id} is open: move it instead`);
  const to = body.to ?? doc.closedFrom ?? '';
  if (to === 'won' || to === 'lost') throw new ItemProblem('VALIDATION_FAILED', `to: ${to} is no stage`);
  return go(scene, pipelineOf(doc.pipeline, desk), to, body, desk);
}

function go(
  scene: DealScene,
  pipeline: Pipeline,
  to: string,
  { why, ...body }: BodyOf<'move' | 'reopen'>,
  desk: Desk,
): Applied {
  const reason = 'reason' in body ? body.reason : undefined;
  const verdict = moveDeal(pipeline, dealView(scene.file.doc), { to, reason }, moveScene(scene, desk));
  return { person: scene.person, happenings: withMain(takeTo(scene, allowed(verdict, pipeline), { why }, desk)) };
}

function note(body: BodyOf<'note'>, desk: Desk): Applied {
  const scene = sceneOf(body, desk);
  touchActivity(scene, desk);
  return { person: scene.person, happenings: withMain([dealEvent('deal.noted', scene, { text: body.text })]) };
}

function touchActivity({ file }: DealScene, desk: Desk): void {
  desk.deals.touch(file);
  file.doc.activityAt = new Date(Math.max(desk.occurredAt, file.doc.activityAt.getTime()));
}

/** @throws ItemProblem for an unknown id */
function sceneOf({ dealId, by }: Pick<BodyOf<'note'>, 'dealId' | 'by'>, desk: Desk): DealScene {
  const file = known(dealId, desk);
  return { file, person: ownerOf(file, desk), by };
}

function known(id: string, { deals }: Pick<Desk, 'deals'>): DealFile {
  const file = deals.byId(id);
  if (file === undefined) throw new ItemProblem('NOT_FOUND', `dealId: there is no deal ${id}`);
  return file;
}

function pipelineOf(key: string, { library }: Desk): Pipeline {
  const pipeline = library.pipelines[key];
  if (pipeline === undefined) throw new ItemProblem('DEFINITION_NOT_FOUND', `pipeline: there is no pipeline ${key}`);
  return pipeline;
}

/** @returns the deal where it may go */
function allowed(verdict: MoveVerdict, pipeline?: Pipeline) {
  if (verdict.ok) return verdict.deal;
  if ('refused' in verdict) refuse(verdict.refused);
  const reasons = pipeline?.lostReasons.map(({ key }) => key).join(', ');
  const text =
    verdict.unknown === 'stage'
      ? 'to: the pipeline has no such stage'
      : `reason: give one of ${reasons || 'none at all'}`;
  throw new ItemProblem('VALIDATION_FAILED', text);
}

/** The deal that an enrolment is for. @throws ItemProblem for another contact's deal */
export function enrolledDeal(dealId: string | undefined, person: Person, desk: Desk): { deal?: JsonObject } {
  if (dealId === undefined) return {};
  const file = known(dealId, desk);
  if (ownerOf(file, desk) === person) return { deal: dealOf(file, person) };
  throw new ItemProblem('VALIDATION_FAILED', `dealId: ${dealId} is not a deal of the contact ${person.doc._id}`);
}
