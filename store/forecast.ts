import type { DealCourse } from '../engine/forecast/course.ts';
import { dealEnds } from '../engine/model/deal.ts';
import { type DealDoc, Deals } from './models/deal.ts';

type CourseDoc = Pick<
  DealDoc,
  | '_id'
  | 'pipeline'
  | 'status'
  | 'stage'
  | 'owner'
  | 'source'
  | 'amount'
  | 'currency'
  | 'createdAt'
  | 'activityAt'
  | 'closedAt'
  | 'moves'
  | 'trail'
>;

const fields = { contactId: 0, title: 0, items: 0, attributes: 0, refusals: 0, received: 0 } as const;

/** A deal as forecasts see it. */
export function courseOf({ _id, createdAt, activityAt, closedAt, moves, trail, ...doc }: CourseDoc): DealCourse {
  const { pipeline, status, stage, owner, source, amount, currency } = doc;
  return {
    ...{ id: _id, pipeline, status, stage, owner, source, amount, currency },
    createdAt: createdAt.getTime(),
    activityAt: activityAt.getTime(),
    closedAt: closedAt?.getTime(),
    moves: moves.map(({ at, to, fromPipeline }) => ({ at: at.getTime(), to, fromPipeline })),
    trail: trail?.map(({ at, ...point }) => ({ at: at.getTime(), ...point })),
  };
}

/** Deals of a pipeline that are over, of which forecasts learn. */
export async function pastCourses(pipeline: string): Promise<DealCourse[]> {
  return (await Deals.find(overIn(pipeline), fields).lean<CourseDoc[]>()).map(courseOf);
}

/** How many there are. */
export async function countPast(pipeline: string): Promise<number> {
  return await Deals.countDocuments(overIn(pipeline));
}

function overIn(pipeline: string) {
  return { pipeline, status: { $in: dealEnds } };
}
