import type { DealCourse, TrailPoint } from '../../../engine/forecast/course.ts';
import { type Draws, drawsFor } from '../../../engine/forecast/random.ts';

/** A market of which the truth is known, from which deals are drawn. */
export interface Market {
  seed: string;
  deals: number;
  /** When the market opens, and days over which deals begin. */
  from?: number;
  days?: number;
  /** Chance to go on from each stage, at the usual source and amount. */
  stages?: Readonly<Record<string, number>>;
  /** Added to the log odds of going on, per source, and per factor e of the amount. */
  sources?: Readonly<Record<string, number>>;
  amountEffect?: number;
  /** How many times as long as others deals stay that are going to be lost, and how many times as long they are idle. */
  lingering?: number;
  /** Without a trail, as an import from elsewhere is. */
  bare?: boolean;
}

export interface DrawnDeal extends DealCourse {
  /** Chance to be won from each stage, by its source and amount, when nothing of its stay is known. */
  truth: Record<string, number>;
}

export const day = 86_400_000;
/** When markets open that do not say. */
export const opening = Date.UTC(2025, 0, 1);
const usual: Readonly<Record<string, number>> = { new: 0.6, qualified: 0.65, proposal: 0.7, contract: 0.85 };

/** Deals drawn from a market, all of them over. */
export function history(market: Market): DrawnDeal[] {
  return Array.from({ length: market.deals }, (_, index) => drawDeal(market, index));
}

/** The same history as it was known at a moment: deals that began later are not there, those that ended later are open. */
export function asOf<D extends DealCourse>(deals: readonly D[], at: number): D[] {
  return deals
    .filter(({ createdAt }) => createdAt <= at)
    .map((deal) => {
      if (deal.closedAt === undefined || deal.closedAt <= at) return deal;
      const moves = deal.moves.filter((move) => move.at <= at);
      const trail = deal.trail?.filter((point) => point.at <= at);
      const activityAt = Math.max(...moves.map((move) => move.at), ...(trail ?? []).map((point) => point.at));
      return { ...deal, moves, trail, activityAt, stage: moves.at(-1)?.to ?? '', status: 'open', closedAt: undefined };
    });
}

function drawDeal(market: Market, index: number): DrawnDeal {
  const { stages = usual, sources = {}, amountEffect = 0, lingering = 1, from = opening, days = 365 } = market;
  const draws = drawsFor(`${market.seed}/${index}`);
  const createdAt = from + Math.floor(draws.uniform() * days * day);
  const names = Object.keys(sources);
  const source = names[Math.floor(draws.uniform() * names.length)];
  const amount = Math.round(Math.exp(Math.log(100_000) + draws.normal()));
  const effect = (sources[source ?? ''] ?? 0) + amountEffect * Math.log(amount / 100_000);
  const order = Object.keys(stages);
  const chance = (stage: string) => expit(odds(stages[stage] ?? 0.5) + effect);
  const truth = Object.fromEntries(
    order.map((stage, place) => [stage, order.slice(place).reduce((product, one) => product * chance(one), 1)]),
  );
  const moves = [];
  const trail: TrailPoint[] = [];
  let at = createdAt;
  let status: 'won' | 'lost' = 'won';
  for (const stage of order) {
    moves.push({ at, to: stage });
    const goesOn = draws.uniform() < chance(stage);
    const stay = Math.exp(Math.log(6 * day) + 0.7 * draws.normal()) * (goesOn ? 1 : lingering);
    trail.push(
      ...activity(draws, at, stay, goesOn ? 1 : lingering).map((time) => ({
        at: time,
        amount,
        currency: 'RUB',
        source,
      })),
    );
    at += Math.ceil(stay);
    if (goesOn) continue;
    status = 'lost';
    break;
  }
  moves.push({ at, to: status });
  const id = `${market.seed}-${index}`;
  const known = { amount, currency: 'RUB', source };
  const course = {
    id,
    pipeline: 'sales',
    status,
    stage: status,
    ...known,
    createdAt,
    activityAt: at,
    closedAt: at,
    moves,
  };
  return { ...course, truth, ...(market.bare !== true && { trail }) };
}

/** Every two days or so something happens. */
function activity(draws: Draws, from: number, stay: number, slowness: number): number[] {
  const times = [from];
  for (let at = from; at < from + stay; at += (0.5 + draws.uniform() * 3) * day * slowness) times.push(Math.floor(at));
  return times;
}

function odds(p: number): number {
  return Math.log(p / (1 - p));
}

function expit(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
