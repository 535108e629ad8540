import { hash32 } from '../hash.ts';
import { type DealCourse, type Sight, sightThen, type Visit, visitsOf } from './course.ts';

/** A deal that is over. */
export interface PastDeal {
  id: string;
  won: 0 | 1;
  closedAt: number;
  currency: string;
  visits: readonly Visit[];
  /** Its course at random moments. */
  looks: readonly Look[];
}

/** A deal at some moment of its open life, and how it ended. */
export interface Look {
  deal: string;
  at: number;
  sight: Sight;
  won: 0 | 1;
}

/** In each stay. */
const looks = 2;

/** Deals of a pipeline that are over, in the order in which they ended. */
export function pastDeals(courses: readonly DealCourse[]): PastDeal[] {
  return courses
    .flatMap((course) =>
      course.status === 'open' || course.closedAt === undefined ? [] : [pastDeal(course, course.closedAt)],
    )
    .sort((a, b) => a.closedAt - b.closedAt || (a.id < b.id ? -1 : 1));
}

function pastDeal(course: DealCourse, closedAt: number): PastDeal {
  const { id, currency, status } = course;
  const won = status === 'won' ? 1 : 0;
  const visits = visitsOf(course).map((visit) => ({ ...visit, to: Math.min(visit.to, closedAt) }));
  const looks = visits.flatMap((visit, index) =>
    momentsIn(`${id}/${index}`, visit).map(
      (at) => ({ deal: id, at, sight: sightThen(course, visit, at), won }) as const,
    ),
  );
  return { id, won, closedAt, currency, visits, looks };
}

/**
 * Moments at random, the same each time: one in each half of a stay. By stay and not by time, so that a stage's looks are won as often as its deals are: the
 * plain average is right about them where facts say nothing.
 */
function momentsIn(name: string, { from, to }: Visit): number[] {
  if (to <= from) return [];
  return Array.from({ length: looks }, (_, look) => {
    const part = (look + hash32(`${name}/${look}`) / 0x1_0000_0000) / looks;
    return from + part * (to - from);
  });
}
