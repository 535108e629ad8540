import type { DomainEvent } from '../../../engine/model/event.ts';
import { entering, isActive, leavePart, leaving, stagePart } from '../../../engine/pipeline/stage.ts';
import type { Live } from '../../library.ts';
import type { Beginning } from '../tickets/parts.ts';
import { eventDeal } from './subject.ts';

/** What begins with a deal's way into a stage and out of one: steps, deadlines and limits of the stage. */
export function dealParts(event: DomainEvent, { versions }: Live): Beginning[] {
  const deal = eventDeal(event);
  if (deal === undefined) return [];
  const subject = { kind: 'deal' as const, id: String(deal.id), contactId: String(deal.contactId) };
  const { from, fromPipeline } = event.data;
  const find = (pipeline: unknown, stage: unknown) =>
    versions.flatMap(({ ref, definition }) => {
      if (definition.kind !== 'pipeline' || ref.key !== pipeline) return [];
      return definition.stages.flatMap((one) => (one.key === stage ? [{ ref, stage: one }] : []));
    });
  const left = leaving.has(event.name) ? find(fromPipeline ?? deal.pipeline, from) : [];
  const entered = entering.has(event.name) ? find(deal.pipeline, deal.stage) : [];
  return [
    ...left.flatMap(({ ref, stage }) =>
      stage.leave === undefined ? [] : [{ definition: { ...ref, part: leavePart(stage.key) }, subject }],
    ),
    ...entered.flatMap(({ ref, stage }) =>
      isActive(stage) ? [{ definition: { ...ref, part: stagePart(stage.key) }, subject }] : [],
    ),
  ];
}
