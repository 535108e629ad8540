import type { DealDoc } from '../../store/models/deal.ts';
import { asOf, day, history } from '../engine/forecast/history.ts';

/** What else deals have. */
interface Given {
  /** Epoch ms. */
  now: number;
  firstNumber?: number;
  contactId?: string;
}

/** Deals of a market that opened 300 days ago, as the store has them; open ones have an owner. */
export function pastDeals(
  key: string,
  deals: number,
  { now, firstNumber = 1, contactId = 'nobody' }: Given,
): DealDoc[] {
  const drawn = history({ seed: key, deals, sources: { referral: 0.8, advert: -0.8 }, from: now - 300 * day });
  return asOf(drawn, now).map(({ truth: _, id, createdAt, activityAt, closedAt, moves, trail, ...deal }, index) => ({
    ...deal,
    _id: id,
    number: firstNumber + index,
    title: `Deal ${index}`,
    contactId,
    pipeline: key,
    items: [],
    attributes: {},
    refusals: {},
    createdAt: new Date(createdAt),
    activityAt: new Date(activityAt),
    stageSince: new Date(moves.at(-1)?.at ?? createdAt),
    updatedAt: new Date(activityAt),
    ...(closedAt !== undefined && { closedAt: new Date(closedAt) }),
    ...(deal.status === 'open' && { owner: index % 2 === 0 ? 'anna' : 'boris' }),
    moves: moves.map(({ at, to }) => ({ at: new Date(at), to, by: 'api' })),
    ...(trail && { trail: trail.map(({ at, ...point }) => ({ at: new Date(at), ...point })) }),
  }));
}
