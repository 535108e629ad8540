import type { DealSight, DealStatus, DealView } from '../engine/model/deal.ts';
import { type DealDoc, Deals } from './models/deal.ts';
import { type TaskDoc, Tasks } from './models/task.ts';

/** The deal as decisions see it. */
export function dealView(doc: DealDoc): DealView {
  const { _id, createdAt, stageSince, activityAt, closedAt, updatedAt: _, ...rest } = doc;
  const { closedFrom: __, moves: ___, trail: ____, refusals: _____, received = {}, ...fields } = rest;
  return {
    ...fields,
    id: _id,
    paid: received[fields.currency] ?? 0,
    createdAt: createdAt.getTime(),
    stageSince: stageSince.getTime(),
    activityAt: activityAt.getTime(),
    ...(closedAt && { closedAt: closedAt.getTime() }),
  };
}

/** Deals by their ids. */
export async function dealsById(ids: readonly string[]): Promise<DealDoc[]> {
  return ids.length === 0 ? [] : await Deals.find({ _id: { $in: ids } }).lean<DealDoc[]>();
}

/** Open deals of contacts, by all ids under which these were ever known. */
export async function openDealsOf(contactIds: readonly string[]): Promise<DealDoc[]> {
  if (contactIds.length === 0) return [];
  return await Deals.find({ contactId: { $in: contactIds }, status: 'open' }).lean<DealDoc[]>();
}

/** Deals as their processes see them, by id. Unknown ids are absent. */
export async function dealSights(ids: readonly string[]): Promise<Map<string, DealSight>> {
  const [deals, tasks] = await Promise.all([dealsById(ids), openTasksOf(ids)]);
  return new Map(
    deals.map((doc): [string, DealSight] => [doc._id, { ...dealView(doc), openTasks: tasks.get(doc._id) ?? 0 }]),
  );
}

/** How many tasks of each deal are still to be done; deals without any are absent. */
export async function openTasksOf(ids: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  if (ids.length === 0) return counts;
  const open = await Tasks.find({ 'subject.id': { $in: ids }, status: 'open' }, { subject: 1 }).lean<TaskDoc[]>();
  for (const { subject } of open) counts.set(subject.id, (counts.get(subject.id) ?? 0) + 1);
  return counts;
}

/** Deals that were written at or after an instant: virtual epoch ms. */
export async function changedDeals(since: number): Promise<{ id: string; updatedAt: Date }[]> {
  const changed = await Deals.find({ updatedAt: { $gte: new Date(since) } }, { updatedAt: 1 }).lean<DealDoc[]>();
  return changed.map(({ _id, updatedAt }) => ({ id: _id, updatedAt }));
}

export interface DealFilter {
  pipeline?: string | undefined;
  stage?: string | undefined;
  status?: DealStatus | undefined;
  /** '' stands for nobody. */
  owner?: string | undefined;
  /** All ids of one contact. */
  contactIds?: readonly string[] | undefined;
}

/** Deals, the latest changed first. @param place part of the filter that leaves out the pages before */
export async function listDeals(filter: DealFilter, limit: number, place: object): Promise<DealDoc[]> {
  const { pipeline, stage, status, owner, contactIds } = filter;
  return await Deals.find({
    $and: [
      pipeline === undefined ? {} : { pipeline },
      stage === undefined ? {} : { stage },
      status === undefined ? {} : { status },
      owner === undefined ? {} : { owner: owner === '' ? { $exists: false } : owner },
      contactIds === undefined ? {} : { contactId: { $in: contactIds } },
      place,
    ],
  })
    .sort({ updatedAt: -1, _id: -1 })
    .limit(limit)
    .lean<DealDoc[]>();
}

/** Open deals of a pipeline, those that have been longest in their stage first. */
export async function openDealsIn(pipeline: string): Promise<DealDoc[]> {
  return await Deals.find({ pipeline, status: 'open' }).sort({ stageSince: 1, _id: 1 }).lean<DealDoc[]>();
}
