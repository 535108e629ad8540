import type mongoose from 'mongoose';
import type { ClockState } from '../engine/model/clock.ts';
import type { Instance, InstanceState } from '../engine/model/state.ts';
import { clockDeadline } from '../engine/sla/draft.ts';
import { projectClocks } from './clocks.ts';
import { collectionOf } from './driver.ts';
import { type InstanceDoc, Instances } from './models/instance.ts';
import { parts } from './parts.ts';

/** The part of an instance's document that follows its state. */
type Projection = Pick<InstanceDoc, 'status' | 'at' | 'incidents' | 'vars'> &
  Partial<Pick<InstanceDoc, 'deadline' | 'outcome' | 'endedAt'>>;

export interface Change<S extends Instance = Instance> {
  before: S | null;
  after: S;
}

/** Projects those states that look different than before, in groups of equal change. All times virtual epoch ms. */
export async function projectInstances(changes: readonly Change[], now: number): Promise<void> {
  await Promise.all([projectPlaces(changes, now), projectClocks(changes.filter(isOfClocks), now)]);
}

function isOfClocks(change: Change): change is Change<ClockState> {
  return change.after.reducer === 'sla';
}

async function projectPlaces(changes: readonly Change[], now: number): Promise<void> {
  const groups = new Map<string, { projection: Projection; ids: string[] }>();
  for (const { before, after } of changes) {
    const projection = project(after);
    const earlier = before && project(before);
    if (passes(projection, earlier, now)) continue;
    const key = JSON.stringify(projection);
    if (earlier !== null && JSON.stringify(earlier) === key) continue;
    const group = groups.get(key);
    if (group) group.ids.push(after.id);
    else groups.set(key, { projection, ids: [after.id] });
  }
  if (groups.size === 0) return;
  const operations = [...groups.values()].flatMap(
    ({ projection, ids }): mongoose.mongo.AnyBulkWriteOperation<InstanceDoc>[] => {
      const update = { $set: { ...projection, updatedAt: new Date(now) }, $unset: absent(projection) };
      const [only = '', ...more] = ids;
      if (more.length === 0) return [{ updateOne: { filter: { _id: only }, update } }];
      return parts(ids).map((part) => ({ updateMany: { filter: { _id: { $in: part } }, update } }));
    },
  );
  await collectionOf<InstanceDoc>(Instances).bulkWrite(operations, { ordered: false });
}

/** Virtual milliseconds. */
const glance = 5_000;
const often = 60_000;

/**
 * Whether the place is left again within five seconds: nobody could look at it before. Of an instance that goes on like
 * that, a place is shown once a minute of the clock; and where it stands after a pause or an incident is always shown,
 * because somebody may wait to see it.
 */
function passes(place: Projection, earlier: Projection | null, now: number): boolean {
  if (!hurries(place) || place.deadline === undefined || (earlier !== null && !hurries(earlier))) return false;
  const left = place.deadline.getTime();
  return left - now < glance && Math.floor(left / often) === Math.floor(now / often);
}

function hurries({ status, incidents }: Projection): boolean {
  return status === 'running' && incidents.length === 0;
}

function project(state: Instance): Projection {
  return {
    ...(state.reducer === 'sla' ? clockPlaces(state) : places(state)),
    status: state.status,
    ...(state.outcome !== undefined && { outcome: state.outcome }),
    ...(state.endedAt !== undefined && { endedAt: new Date(state.endedAt) }),
  };
}

type Places = Omit<Projection, 'status' | 'outcome' | 'endedAt'>;

function places(state: InstanceState): Places {
  const deadlines = state.tokens.flatMap((token) => (token.deadline === null ? [] : [token.deadline]));
  return {
    at: [...new Set(state.tokens.map((token) => token.step))],
    incidents: state.tokens.flatMap(({ id, step, incident }) => (incident ? [{ ...incident, step, token: id }] : [])),
    vars: state.vars,
    ...(deadlines.length > 0 && { deadline: new Date(Math.min(...deadlines)) }),
  };
}

/** A ticket's clocks stand at the targets that run; an incident is at the effect that failed. */
function clockPlaces(state: ClockState): Places {
  const deadline = clockDeadline(state);
  return {
    at: state.clocks.flatMap(({ status, target }) => (status === 'running' ? target : [])),
    incidents: state.incidents.map(({ code, message, at, key }, index) => ({
      ...{ code, message, at },
      step: key,
      token: index + 1,
    })),
    vars: {},
    ...(deadline !== null && { deadline: new Date(deadline) }),
  };
}

function absent(projection: Projection): { deadline?: '' } {
  return projection.deadline === undefined ? { deadline: '' } : {};
}

/** How many instances of a process stand at each step, and how many are in each status. */
export interface ProcessCounts {
  steps: Record<string, number>;
  statuses: Partial<Record<InstanceDoc['status'], number>>;
  outcomes: Record<string, number>;
  incidents: number;
}

export async function countInstances(process: string): Promise<ProcessCounts> {
  const count = { $sum: 1 };
  const [answer] = await Instances.aggregate<{
    steps: Tally[];
    statuses: Tally[];
    outcomes: Tally[];
    incidents: Tally[];
  }>([
    { $match: { process } },
    {
      $facet: {
        steps: [{ $match: { status: { $ne: 'ended' } } }, { $unwind: '$at' }, { $group: { _id: '$at', count } }],
        statuses: [{ $group: { _id: '$status', count } }],
        outcomes: [{ $match: { status: 'ended' } }, { $group: { _id: '$outcome', count } }],
        incidents: [{ $match: { 'incidents.0': { $exists: true } } }, { $group: { _id: null, count } }],
      },
    },
  ]);
  return {
    steps: record(answer?.steps),
    statuses: record(answer?.statuses),
    outcomes: record(answer?.outcomes),
    incidents: answer?.incidents[0]?.count ?? 0,
  };
}

interface Tally {
  _id: string | null;
  count: number;
}

function record(tallies: readonly Tally[] = []): Record<string, number> {
  return Object.fromEntries(tallies.map(({ _id, count }) => [_id ?? '', count]));
}

/** Which of the instances have not ended. */
export async function goingOn(ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const docs = await Instances.find({ _id: { $in: ids }, status: { $ne: 'ended' } }, { _id: 1 }).lean();
  return docs.map(({ _id }) => _id);
}
