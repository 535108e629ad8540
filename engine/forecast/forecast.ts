import { quantileSorted } from 'simple-statistics';
import { groupBy } from '../group-by.ts';
import { type DealCourse, sightNow } from './course.ts';
import { winShares } from './duration.ts';
import type { Fitted } from './fit.ts';
import { drawFutures, futures, type Outlook, type Wins } from './futures.ts';
import { chances } from './learn.ts';

/** What is expected of some deals in some time, in their currency. */
export interface ForecastCell {
  /** Sum of the amounts times the chances. */
  expected: number;
  /** The sum lies between them with 80 %. */
  low: number;
  high: number;
  /** How many deals are expected to be won. */
  deals: number;
}

export interface ForecastLine {
  /** In the order of the months that were asked for. */
  months: ForecastCell[];
  later: ForecastCell;
  total: ForecastCell;
}

export interface OwnerLine extends ForecastLine {
  owner?: string;
}

export interface CurrencyForecast extends ForecastLine {
  currency: string;
  owners: OwnerLine[];
}

/** An open deal behind the numbers. */
export interface ForecastDeal<D extends DealCourse> {
  deal: D;
  probability: number;
  /** Chance that it is won in each of the months, and after them. */
  months: number[];
  later: number;
}

export interface Forecast<D extends DealCourse> {
  currencies: CurrencyForecast[];
  /** Those that are expected to bring most first. */
  deals: ForecastDeal<D>[];
  /** Deals without an amount. */
  unpriced: number;
}

/**
 * What the open deals of a pipeline are expected to bring. Deals that are not there yet are not in it.
 * @param ends of the months, of which the first is under way; epoch ms, ascending
 */
export function forecast<D extends DealCourse>(
  { learned, durations }: Pick<Fitted, 'learned' | 'durations'>,
  courses: readonly D[],
  now: number,
  ends: readonly number[],
): Forecast<D> {
  // Sums of the same numbers in another order differ in their last digits.
  const open = courses.filter(({ status }) => status === 'open').sort((a, b) => (a.id < b.id ? -1 : 1));
  const prospects = open.map((deal): Prospect<D> => {
    const sight = sightNow(deal, now);
    const probability = chances(learned, sight).whole;
    const when = winShares(durations, { stage: sight.stage, since: now - sight.inStage, now }, ends);
    return { id: deal.id, deal, sight, probability, when, shares: when.map((share) => share * probability) };
  });
  const wins = drawFutures(learned, prospects);
  const currencies = [...groupBy(prospects, ({ deal }) => deal.currency)]
    .map(([currency, own]) => ({ currency, ...lineOf(own, wins), owners: ownerLines(own, wins) }))
    .sort((a, b) => b.total.expected - a.total.expected || (a.currency < b.currency ? -1 : 1));
  const deals = prospects
    .map(({ deal, probability, shares }) => ({
      deal,
      probability,
      months: shares.slice(0, -1),
      later: shares.at(-1) ?? 0,
    }))
    .sort((a, b) => worth(b) - worth(a) || b.probability - a.probability || (a.deal.id < b.deal.id ? -1 : 1));
  return { currencies, deals, unpriced: open.filter(({ amount }) => amount === undefined).length };
}

interface Prospect<D extends DealCourse> extends Outlook {
  deal: D;
  /** Chance that it is won in each month, and last after them. */
  shares: number[];
}

function worth({ deal, probability }: Pick<ForecastDeal<DealCourse>, 'deal' | 'probability'>): number {
  return (deal.amount ?? 0) * probability;
}

function ownerLines<D extends DealCourse>(prospects: readonly Prospect<D>[], wins: Wins): OwnerLine[] {
  return [...groupBy(prospects, ({ deal }) => deal.owner)]
    .map(([owner, own]) => ({ ...(owner !== undefined && { owner }), ...lineOf(own, wins) }))
    .sort((a, b) => b.total.expected - a.total.expected || ((a.owner ?? '') < (b.owner ?? '') ? -1 : 1));
}

function lineOf<D extends DealCourse>(prospects: readonly Prospect<D>[], wins: Wins): ForecastLine {
  const count = prospects[0]?.shares.length ?? 0;
  const sums = Array.from({ length: count }, () => new Float64Array(futures));
  const totals = new Float64Array(futures);
  for (const { id, deal } of prospects) {
    for (const [future, month] of wins.get(id)?.entries() ?? []) {
      const sum = sums[month];
      if (sum === undefined) continue;
      sum[future] = (sum[future] ?? 0) + (deal.amount ?? 0);
      totals[future] = (totals[future] ?? 0) + (deal.amount ?? 0);
    }
  }
  const cells = sums.map((drawn, index) => cellOf(prospects, ({ shares }) => shares[index] ?? 0, drawn));
  const [later = cellOf([], () => 0, totals)] = cells.slice(-1);
  return { months: cells.slice(0, -1), later, total: cellOf(prospects, ({ probability }) => probability, totals) };
}

function cellOf<D extends DealCourse>(
  prospects: readonly Prospect<D>[],
  chance: (prospect: Prospect<D>) => number,
  drawn: Float64Array,
): ForecastCell {
  const sorted = [...drawn.sort()];
  return {
    expected: prospects.reduce((sum, one) => sum + (one.deal.amount ?? 0) * chance(one), 0),
    low: quantileSorted(sorted, 0.1),
    high: quantileSorted(sorted, 0.9),
    deals: prospects.reduce((sum, one) => sum + chance(one), 0),
  };
}
