import { type DealCourse, sightNow } from '../../engine/forecast/course.ts';
import { type CurrencyForecast, forecast } from '../../engine/forecast/forecast.ts';
import type { Month } from '../../engine/forecast/months.ts';
import { type Probability, probabilityOf } from '../../engine/forecast/probability.ts';
import { openDealsIn } from '../../store/deals.ts';
import { courseOf } from '../../store/forecast.ts';
import type { DealDoc } from '../../store/models/deal.ts';
import { listUsers } from '../../store/users.ts';
import type { Lesson } from './forecasts.ts';

export function basisOf({ fitted, at }: Lesson) {
  const { deals, won, used, judged, brier, plainBrier } = fitted;
  return { deals, won, used, judged, fittedAt: new Date(at), ...(brier !== undefined && { brier, plainBrier }) };
}

/** Chance of an open deal now. */
export function chanceOf({ fitted }: Lesson, doc: DealDoc, now: number): Probability {
  return probabilityOf(fitted.learned, sightNow(courseOf(doc), now));
}

/** What the open deals of a pipeline are expected to bring, by month and owner. */
export async function showForecast(pipeline: string, lesson: Lesson, now: number, months: readonly Month[]) {
  const [docs, users] = await Promise.all([openDealsIn(pipeline), listUsers()]);
  const names = new Map(users.map(({ _id, name }) => [_id, name]));
  const courses = docs.map((doc): DealCourse & Titled => ({ ...courseOf(doc), number: doc.number, title: doc.title }));
  const ends = months.map(({ to }) => to);
  const { currencies, deals, unpriced } = forecast(lesson.fitted, courses, now, ends);
  return {
    months: months.map(({ month, from, to }) => ({ month, from: new Date(from), to: new Date(to) })),
    basis: basisOf(lesson),
    unpriced,
    currencies: currencies.map((one) => withNames(one, names)),
    deals: deals.map(({ deal: { id, number, title, stage, owner, amount, currency }, ...chances }) => {
      return { id, number, title, stage, owner, amount, currency, ...chances };
    }),
  };
}

interface Titled {
  number: number;
  title: string;
}

function withNames({ owners, ...one }: CurrencyForecast, names: ReadonlyMap<string, string>) {
  return { ...one, owners: owners.map((line) => ({ ...line, name: line.owner && names.get(line.owner) })) };
}

/** A deal as files of deals have it. */
export function recordOf({ createdAt, activityAt, closedAt, moves, trail, ...deal }: DealCourse) {
  return {
    ...deal,
    createdAt: new Date(createdAt),
    activityAt: new Date(activityAt),
    ...(closedAt !== undefined && { closedAt: new Date(closedAt) }),
    moves: moves.map(({ at, ...move }) => ({ at: new Date(at), ...move })),
    ...(trail !== undefined && { trail: trail.map(({ at, ...point }) => ({ at: new Date(at), ...point })) }),
  };
}
