import { describe, expect, it } from 'vitest';
import { durationsOf, winShares } from '../../../engine/forecast/duration.ts';
import { fitPipeline } from '../../../engine/forecast/fit.ts';
import { forecast } from '../../../engine/forecast/forecast.ts';
import { pastDeals } from '../../../engine/forecast/past.ts';
import { asOf, day, history, opening } from './history.ts';

const now = opening + 300 * day;
const ends = [1, 2, 3].map((month) => now + month * 30 * day);
const market = { sources: { referral: 0.8, advert: -0.8 }, amountEffect: -0.3 };

function known(seed: string, deals = 600) {
  return asOf(history({ seed, deals, ...market }), now).map((deal, index) => ({
    ...deal,
    owner: ['anna', 'boris', undefined][index % 3],
  }));
}

describe('the forecast', () => {
  const deals = known('sums');
  const fitted = fitPipeline(deals);
  const { currencies, deals: behind, unpriced } = forecast(fitted, deals, now, ends);
  const [line] = currencies;
  if (line === undefined) throw new Error('the market deals in roubles');

  it('adds up: months and later to the total, owners to the whole, the deals behind to each number', () => {
    const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
    expect(sum([...line.months, line.later].map(({ expected }) => expected))).toBeCloseTo(line.total.expected, 3);
    expect(line.owners.map(({ owner }) => owner).toSorted()).toEqual(['anna', 'boris', undefined]);
    expect(sum(line.owners.map(({ total }) => total.expected))).toBeCloseTo(line.total.expected, 3);
    for (const [index, { expected, deals }] of line.months.entries()) {
      expect(sum(behind.map(({ deal, months }) => (deal.amount ?? 0) * (months[index] ?? 0)))).toBeCloseTo(expected, 3);
      expect(sum(behind.map(({ months }) => months[index] ?? 0))).toBeCloseTo(deals, 6);
    }
    expect(behind.length).toBe(deals.filter(({ status }) => status === 'open').length);
    for (const one of behind) expect(sum([...one.months, one.later])).toBeCloseTo(one.probability, 10);
  });

  it('has intervals around what is expected, narrower for all owners together than side by side', () => {
    for (const { low, high, expected } of [...line.months, line.total]) {
      expect(low).toBeLessThan(expected);
      expect(high).toBeGreaterThan(expected);
    }
    const apart = line.owners.reduce((sum, { total }) => sum + total.high - total.low, 0);
    expect(line.total.high - line.total.low).toBeLessThan(apart);
  });

  it('is the same each time, and one deal more leaves the others where they were', () => {
    expect(forecast(fitted, deals.toReversed(), now, ends).currencies[0]?.total).toEqual(line.total);
    const [first] = deals.filter(({ status, owner }) => status === 'open' && owner === 'anna');
    if (first === undefined) throw new Error('anna has a deal');
    const more = forecast(fitted, [...deals, { ...first, id: 'another', owner: 'boris' }], now, ends);
    const lineOf = (owner: string, { currencies }: typeof more) =>
      currencies[0]?.owners.find((one) => one.owner === owner)?.total;
    expect(lineOf('anna', more)).toEqual(lineOf('anna', { currencies, deals: behind, unpriced }));
    expect(lineOf('boris', more)).not.toEqual(lineOf('boris', { currencies, deals: behind, unpriced }));
  });

  it('counts a deal without an amount as a deal and not as money, and adds no currencies', () => {
    const [first] = deals.filter(({ status }) => status === 'open');
    if (first === undefined) throw new Error('a deal is open');
    const { amount: _, ...bare } = first;
    const euro = { ...first, id: 'euro', currency: 'EUR', amount: 10 };
    const answer = forecast(fitted, [{ ...bare, id: 'bare' }, euro], now, ends);
    expect(answer.unpriced).toBe(1);
    expect(answer.currencies.map(({ currency }) => currency)).toEqual(['EUR', 'RUB']);
    expect(answer.currencies[1]?.total).toMatchObject({ expected: 0, low: 0, high: 0 });
    expect(answer.currencies[1]?.total.deals).toBeGreaterThan(0);
  });

  it('is empty where nothing is open', () => {
    expect(forecast(fitted, [], now, ends)).toEqual({ currencies: [], deals: [], unpriced: 0 });
  });

  it('holds what it promises: about four of five outcomes lie in the 80 % interval', () => {
    const runs = Array.from({ length: 40 }, (_, run) => {
      const whole = history({ seed: `run${run}`, deals: 400, ...market });
      const then = asOf(whole, now);
      const total = forecast(fitPipeline(then), then, now, ends).currencies[0]?.total;
      const open = new Set(then.filter(({ status }) => status === 'open').map(({ id }) => id));
      const came = whole.filter(({ id, status }) => open.has(id) && status === 'won');
      const sum = came.reduce((total, { amount = 0 }) => total + amount, 0);
      return {
        inside: total !== undefined && total.low <= sum && sum <= total.high,
        sum,
        expected: total?.expected ?? 0,
      };
    });
    const inside = runs.filter((run) => run.inside).length / runs.length;
    expect(inside).toBeGreaterThan(0.66);
    expect(inside).toBeLessThan(0.94);
    const [came, expected] = [runs.reduce((a, { sum }) => a + sum, 0), runs.reduce((a, run) => a + run.expected, 0)];
    expect(Math.abs(came / expected - 1)).toBeLessThan(0.15);
  }, 120_000);
});

describe('when a deal will be won', () => {
  it('is told in shares that make one, also without any past and after years in a stage', () => {
    const durations = [durationsOf([]), durationsOf(pastDeals(history({ seed: 'when', deals: 300 })))];
    for (const one of durations) {
      for (const days of [0, 1, 30, 3000]) {
        const shares = winShares(one, { stage: 'proposal', since: now - days * day, now }, ends);
        expect(shares.length).toBe(4);
        expect(shares.every((share) => share >= 0)).toBe(true);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
      }
    }
  });

  it('agrees with the history: as many are won in a month as it says', () => {
    const deals = history({ seed: 'months', deals: 3000 });
    const durations = durationsOf(pastDeals(deals));
    const fresh = deals.filter(({ status }) => status === 'won');
    const [first = 0] = winShares(durations, { stage: 'new', since: now, now }, [now + 30 * day]);
    const within = fresh.filter(({ createdAt, closedAt = 0 }) => closedAt - createdAt <= 30 * day).length;
    expect(Math.abs(first - within / fresh.length)).toBeLessThan(0.06);
  });
});
