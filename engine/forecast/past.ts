import { median } from 'simple-statistics';
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

/** In a usual stay, and at most in one. */
const usualLooks = 2;
const mostLooks = 12;

/** Deals of a pipeline that are over, in the order in which they ended. */
export function pastDeals(courses: readonly DealCourse[]): PastDeal[] {
  const over = courses.flatMap((course) => {
    const { closedAt, status } = course;
    if (status === 'open' || closedAt === undefined) return [];
    return [{ course, closedAt, visits: visitsOf(course).map((one) => ({ ...one, to: Math.min(one.to, closedAt) })) }];
  });
  const stays = over.flatMap(({ visits }) => visits.map(({ from, to }) => to - from));
  const pace = stays.length === 0 ? 1 : Math.max(60_000, median(stays) / usualLooks);
  return over
    .map(({ course, closedAt, visits }): PastDeal => {
      const { id, currency, status } = course;
      const won = status === 'won' ? 1 : 0;
      const looks = visits.flatMap((visit, index) =>
        momentsIn(visit, pace, `${id}/${index}`).map(
          (at) => ({ deal: id, at, sight: sightThen(course, visit, at), won }) as const,
        ),
      );
      return { id, won, closedAt, currency, visits, looks };
    })
    .sort((a, b) => a.closedAt - b.closedAt || (a.id < b.id ? -1 : 1));
}

/**
 * Moments at an even pace from a random one on, the same each time: as somebody sees the deal who looks at the board now and then. So of the
 * looks at deals that have been in a stage for so long, as many are won as such deals are; to look at each stay equally often would
 * see too little of the long ones.
 */
function momentsIn({ from, to }: Visit, pace: number, name: string): number[] {
  const first = from + (hash32(name) / 0x1_0000_0000) * pace;
  const count = Math.min(mostLooks, Math.ceil((to - first) / pace));
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index * pace);
}
