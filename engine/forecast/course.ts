import type { DealStatus } from '../model/deal.ts';

/** A way from stage to stage, or to `won` or `lost`. */
export interface CourseMove {
  /** Epoch ms, as all times here. */
  at: number;
  to: string;
  /** Key of the pipeline, where it came from another one. */
  fromPipeline?: string | undefined;
}

/** What was known of a deal from a moment on, which was also one of activity. */
export interface TrailPoint {
  at: number;
  amount?: number | undefined;
  currency: string;
  source?: string | undefined;
}

/** A deal as forecasts see it: as it is, and how it came there. */
export interface DealCourse {
  id: string;
  pipeline: string;
  status: DealStatus;
  stage: string;
  owner?: string | undefined;
  source?: string | undefined;
  amount?: number | undefined;
  currency: string;
  createdAt: number;
  activityAt: number;
  closedAt?: number | undefined;
  moves: readonly CourseMove[];
  /** Absent: what was known earlier is unknown. */
  trail?: readonly TrailPoint[] | undefined;
}

/** A stay in a stage. */
export interface Visit {
  stage: string;
  from: number;
  /** Infinite where it has not ended. */
  to: number;
}

/** A deal at one moment: what was known then, and nothing of what came later. `null` is nothing, `undefined` unknown. */
export interface Sight {
  stage: string;
  /** Milliseconds since it came into its stage, and since something last happened with it. */
  inStage: number;
  idle: number | undefined;
  amount: number | null | undefined;
  currency: string;
  source: string | null;
}

/** Stays in the stages of the pipeline in which the deal is now, in their order. What it was in another one teaches nothing here. */
export function visitsOf({ moves, stage, status, createdAt }: DealCourse): Visit[] {
  const sorted = moves.toSorted((a, b) => a.at - b.at);
  const arrival = sorted.findLastIndex(({ fromPipeline }) => fromPipeline !== undefined);
  const own = sorted.slice(Math.max(arrival, 0));
  const ways = own.length === 0 && status === 'open' ? [{ at: createdAt, to: stage }] : own;
  return ways.flatMap(({ at, to }, index) =>
    to === 'won' || to === 'lost' ? [] : [{ stage: to, from: at, to: ways[index + 1]?.at ?? Number.POSITIVE_INFINITY }],
  );
}

/** The deal as it was seen at a moment of a visit. Without a trail its source counts as known from the beginning. */
export function sightThen(course: DealCourse, visit: Visit, at: number): Sight {
  const { trail, source, currency } = course;
  const point = trail?.findLast((one) => one.at <= at);
  const sight = { stage: visit.stage, inStage: at - visit.from };
  if (point === undefined) {
    return {
      ...sight,
      idle: undefined,
      amount: undefined,
      currency,
      source: trail === undefined ? (source ?? null) : null,
    };
  }
  const idle = at - Math.max(point.at, visit.from);
  return { ...sight, idle, amount: point.amount ?? null, currency: point.currency, source: point.source ?? null };
}

/** An open deal as it is seen now. */
export function sightNow(course: DealCourse, now: number): Sight {
  const { stage, amount, currency, source, activityAt, createdAt } = course;
  const since = visitsOf(course).at(-1)?.from ?? createdAt;
  return {
    stage,
    inStage: Math.max(0, now - since),
    idle: Math.max(0, now - Math.max(activityAt, since)),
    amount: amount ?? null,
    currency,
    source: source ?? null,
  };
}
