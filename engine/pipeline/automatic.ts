import { holdsOrTell, type Tell } from '../conditions/evaluate.ts';
import { type DealView, dealJson, type Refusal } from '../model/deal.ts';
import type { DomainEvent } from '../model/event.ts';
import type { Pipeline } from '../schema/index.ts';
import type { PipelineMove } from '../schema/pipeline.ts';
import { type MoveScene, moveDeal } from './move.ts';

/** Moves by themselves that follow from one another within one item; what would be a further one is told and not made. */
export const longestChain = 4;

/** What an event came to: the move that was made, and those before it that guards refused. */
export interface Automatic {
  made?: { move: PipelineMove; deal: DealView };
  refused: { move: PipelineMove; refused: Refusal[] }[];
}

/**
 * Moves an open deal by the first of its pipeline's moves that an event sets off and that every guard lets through. A condition that cannot be answered
 * counts as no; `tell` hears of it, unless only a field is missing. Nobody moves here, so no role lets anything through.
 */
export function moveByItself(
  pipeline: Pipeline,
  deal: DealView,
  event: DomainEvent,
  scene: Omit<MoveScene, 'role'>,
  tell?: Tell,
): Automatic {
  const refused: Automatic['refused'] = [];
  if (deal.status !== 'open') return { refused };
  const values = { ...scene, event, trigger: event, deal: dealJson(deal) };
  for (const move of pipeline.moves) {
    if (!leavesFrom(move, deal.stage, pipeline) || (move.on !== undefined && move.on !== event.name)) continue;
    if (move.when !== undefined && !holdsOrTell(move.when, values, tell)) continue;
    const verdict = moveDeal(pipeline, deal, move, { ...scene, role: undefined });
    if (verdict.ok) return { made: { move, deal: verdict.deal }, refused };
    if ('refused' in verdict) refused.push({ move, refused: verdict.refused });
  }
  return { refused };
}

/** Whether a move may take a deal out of a stage. */
export function leavesFrom({ from, to }: PipelineMove, stage: string, { stages }: Pick<Pipeline, 'stages'>): boolean {
  if (from !== undefined) return from.includes(stage) && stage !== to;
  const order = stages.map(({ key }) => key);
  const goal = order.indexOf(to);
  return goal < 0 || order.indexOf(stage) < goal;
}

/** Whether an event of its own tells of a move as well, which comes next. */
export function tellsOfMove({ name, data }: Pick<DomainEvent, 'name' | 'data'>): boolean {
  if (name !== 'deal.changed' || !Array.isArray(data.changes)) return false;
  return data.changes.some(
    (change) => typeof change === 'object' && change !== null && Reflect.get(change, 'field') === 'stage',
  );
}
