import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sightNow } from '../../../engine/forecast/course.ts';
import { backtest, fitPipeline } from '../../../engine/forecast/fit.ts';
import { chances, type Judged, learn, weightOf } from '../../../engine/forecast/learn.ts';
import { calibration, difference, scoreOf } from '../../../engine/forecast/measures.ts';
import { pastDeals } from '../../../engine/forecast/past.ts';
import { probabilityOf } from '../../../engine/forecast/probability.ts';
import { asOf, day, history, opening } from './history.ts';

const sources = { referral: 0.8, advert: -0.8, fair: 0 };
const telling = { sources, amountEffect: -0.4, lingering: 2 };

describe('with few deals', () => {
  const chance = (wins: number, losses: number) => {
    const deals = Array.from({ length: wins + losses }, (_, index) => {
      const status = index < wins ? ('won' as const) : ('lost' as const);
      const moves = [
        { at: index, to: 'new' },
        { at: index + 10, to: status },
      ];
      const times = { createdAt: index, activityAt: index, closedAt: index + 10 };
      return { id: `${index}`, pipeline: 'sales', status, stage: status, currency: 'RUB', moves, ...times };
    });
    const sight = { stage: 'new', inStage: day, idle: 0, amount: null, currency: 'RUB', source: null };
    return probabilityOf(fitPipeline(deals).learned, sight);
  };

  it('knows nothing from none: one half, and a wide interval', () => {
    const { value, low, high, facts } = chance(0, 0);
    expect(value).toBe(0.5);
    expect(low).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.8);
    expect(facts).toEqual([{ fact: 'stage', value: 'new', push: 0 }]);
  });

  it('believes one deal a little, five more, and never that something is certain', () => {
    const [one, five, none, many] = [chance(1, 0), chance(5, 0), chance(0, 5), chance(50, 150)];
    expect(one.value).toBeGreaterThan(0.5);
    expect(five.value).toBeGreaterThan(one.value);
    expect(five.value).toBeLessThan(0.97);
    expect(none.value).toBeCloseTo(1 - five.value, 10);
    expect(many.value).toBeCloseTo(0.25, 2);
    const widths = [one, five, many].map(({ low, high }) => high - low);
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
  });

  it('gives a stage that nobody was in the share of the pipeline', () => {
    const { rates } = learn(pastDeals(history({ seed: 'few', deals: 30 })));
    const sight = { stage: 'brand-new', inStage: 0, idle: 0, amount: null, currency: 'RUB', source: null };
    const { value, base } = probabilityOf({ rates, weight: 0 }, sight);
    expect(value).toBeCloseTo(base, 10);
  });
});

describe('against a known truth', () => {
  it('finds the chance of each stage where facts say nothing, and lets them say next to nothing', () => {
    const deals = history({ seed: 'flat', deals: 4000, sources: { referral: 0, advert: 0 } });
    const learned = learn(pastDeals(deals));
    for (const stage of ['new', 'qualified', 'proposal', 'contract']) {
      const truth = deals[0]?.truth[stage] ?? 0;
      for (const source of ['referral', 'advert']) {
        const sight = { stage, inStage: 5 * day, idle: day, amount: 100_000, currency: 'RUB', source };
        expect(Math.abs(chances(learned, sight).whole - truth)).toBeLessThan(0.035);
      }
    }
  });

  it('finds what source and amount do, far better than the stage alone', () => {
    const deals = history({ seed: 'facts', deals: 4000, sources, amountEffect: -0.4 });
    const known = asOf(deals, opening + 330 * day);
    const { learned, used } = fitPipeline(known);
    expect(used).toBe('model');
    const open = known.filter(({ status }) => status === 'open');
    expect(open.length).toBeGreaterThan(100);
    const errorOf = (guess: 'stage' | 'whole') => {
      const errors = open.map((deal) => {
        return Math.abs(chances(learned, sightNow(deal, opening + 330 * day))[guess] - (deal.truth[deal.stage] ?? 0));
      });
      return errors.reduce((sum, one) => sum + one, 0) / errors.length;
    };
    expect(errorOf('whole')).toBeLessThan(0.06);
    expect(errorOf('stage')).toBeGreaterThan(2 * errorOf('whole'));
  });

  it('is calibrated on deals that it had not seen: of those at 30 %, three in ten are won', () => {
    const judged = backtest(pastDeals(history({ seed: 'calibration', deals: 3000, ...telling })));
    const lines = calibration(judged, ({ whole }) => whole);
    expect(lines.length).toBe(10);
    for (const { looks, guessed, won } of lines) {
      expect(looks).toBeGreaterThan(100);
      expect(Math.abs(guessed - won)).toBeLessThan(0.06);
    }
    const better = difference(
      judged,
      ({ whole }) => whole,
      ({ plain }) => plain,
    );
    expect(better.brier.high).toBeLessThan(-0.02);
    expect(better.logLoss.high).toBeLessThan(-0.05);
    expect(better.brier.low).toBeLessThan(better.brier.value);
  });

  it('sees that deals which stay long are lost, so that the open ones are not all taken for average', () => {
    const now = opening + 200 * day;
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].flatMap((seed) => {
      const whole = history({ seed, deals: 900, sources, lingering: 3 });
      const ends = new Map(whole.map(({ id, status }) => [id, status === 'won' ? 1 : 0]));
      const known = asOf(whole, now);
      const { learned } = fitPipeline(known);
      const open = known.filter(({ status }) => status === 'open');
      return open.map((deal) => ({ ...chances(learned, sightNow(deal, now)), won: ends.get(deal.id) ?? 0 }));
    });
    const mean = (of: (one: (typeof all)[number]) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length;
    expect(all.length).toBeGreaterThan(400);
    expect(mean(({ stage }) => stage)).toBeGreaterThan(mean(({ won }) => won) + 0.1);
    expect(Math.abs(mean(({ whole }) => whole) - mean(({ won }) => won))).toBeLessThan(0.04);
  });

  it('learns from what a file without a trail still says: stages, stays and sources', () => {
    const { used, learned } = fitPipeline(history({ seed: 'bare', deals: 1500, ...telling, bare: true }));
    expect(used).toBe('model');
    const facts = new Set(learned.model?.scales.columns.map(({ fact }) => fact));
    expect([...facts]).toEqual(['time-in-stage', 'source']);
  });
});

describe('never worse than the plain stage average', () => {
  it('in the back-test of any market, also one whose sources turn round half-way', () => {
    for (let seed = 0; seed < 24; seed += 1) {
      const turning = seed % 3 === 0;
      const first = history({ seed: `a${seed}`, deals: 60 + 20 * seed, days: 180, ...telling });
      const second = history({
        seed: `b${seed}`,
        deals: 60 + 20 * seed,
        days: 180,
        sources: turning ? { referral: -0.8, advert: 0.8, fair: 0 } : {},
      }).map((deal) => ({ ...deal, closedAt: (deal.closedAt ?? 0) + 1 }));
      const { judged, brier = 1, plainBrier = 0 } = fitPipeline([...first, ...second]);
      expect(judged).toBeGreaterThanOrEqual(50);
      expect(brier).toBeLessThanOrEqual(plainBrier);
    }
  });

  it('whatever the facts say: the weight that is taken never makes it worse on the deals it is found on', () => {
    const chance = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    const one = fc.record({ deal: fc.integer({ min: 0, max: 9 }), won: fc.boolean(), stage: chance, whole: chance });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 60 }), (all) => {
        const sight = { stage: 'new', inStage: 0, idle: 0, amount: null, currency: 'RUB', source: null };
        const judged = all.map(({ deal, won, stage, whole }): Judged => {
          return { look: { deal: `${deal}`, at: 0, sight, won: won ? 1 : 0 }, plain: stage, stage, whole };
        });
        const weight = weightOf(judged);
        const brier = scoreOf(judged, ({ stage, whole }) => stage + weight * (whole - stage)).brier;
        expect(brier).toBeLessThanOrEqual(scoreOf(judged, ({ stage }) => stage).brier + 1e-12);
      }),
    );
  });
});

describe('honesty', () => {
  it('judges a deal without knowing how later ones ended', () => {
    const deals = history({ seed: 'leak', deals: 600, ...telling });
    const past = pastDeals(deals);
    const last = new Set(past.slice(-120).map(({ id }) => id));
    const flip = deals.map((deal) => {
      if (!last.has(deal.id)) return deal;
      const status = deal.status === 'won' ? ('lost' as const) : ('won' as const);
      return { ...deal, status, moves: [...deal.moves.slice(0, -1), { at: deal.closedAt ?? 0, to: status }] };
    });
    const guesses = (judged: readonly Judged[]) => judged.map(({ look, whole }) => [look.deal, look.at, whole]);
    expect(guesses(backtest(pastDeals(flip)))).toEqual(guesses(backtest(past)));
  });

  it('sees a deal at a moment as it was then: what came later changes no look before it', () => {
    const [deal] = history({ seed: 'sight', deals: 1, ...telling });
    if (deal === undefined) throw new Error('a deal was drawn');
    const looks = pastDeals([deal])[0]?.looks ?? [];
    expect(looks.length).toBeGreaterThan(0);
    for (const { at, sight } of looks) {
      const later = { at: at + 1, amount: 1, currency: 'EUR', source: 'other' };
      const trail = [...(deal.trail ?? []).filter((point) => point.at <= at), later];
      const changed = pastDeals([{ ...deal, trail, amount: 1, source: 'other' }])[0]?.looks ?? [];
      expect(changed.find((look) => look.at === at)?.sight).toEqual(sight);
    }
  });

  it('learns the same from the same deals in any order', () => {
    const deals = history({ seed: 'order', deals: 300, ...telling });
    expect(fitPipeline(deals.toReversed())).toEqual(fitPipeline(deals));
  });
});

describe('the explanation', () => {
  const { learned } = fitPipeline(history({ seed: 'why', deals: 800, ...telling }));
  const sight = fc.record({
    stage: fc.constantFrom('new', 'qualified', 'proposal', 'contract', 'unheard-of'),
    inStage: fc.integer({ min: 0, max: 400 * day }),
    idle: fc.option(fc.integer({ min: 0, max: 400 * day }), { nil: undefined }),
    amount: fc.option(fc.integer({ min: 0, max: 10 ** 9 })),
    currency: fc.constantFrom('RUB', 'EUR'),
    source: fc.option(fc.constantFrom('referral', 'advert', 'fair', 'unheard-of')),
  });

  it('adds up from the share of the pipeline to the probability, which lies in its interval', () => {
    fc.assert(
      fc.property(sight, (sight) => {
        const { value, low, high, base, facts } = probabilityOf(learned, sight);
        expect(facts.reduce((sum, { push }) => sum + push, base)).toBeCloseTo(value, 10);
        expect(0 < low && low <= value && value <= high && high < 1).toBe(true);
      }),
    );
  });

  it('pushes the way the truth does', () => {
    const usual = { stage: 'proposal', inStage: 3 * day, idle: day, amount: 100_000, currency: 'RUB', source: 'fair' };
    const pushOf = (fact: string, part: object) =>
      probabilityOf(learned, { ...usual, ...part }).facts.find((one) => one.fact === fact)?.push ?? 0;
    expect(pushOf('source', { source: 'referral' })).toBeGreaterThan(0.02);
    expect(pushOf('source', { source: 'advert' })).toBeLessThan(-0.02);
    expect(pushOf('amount', { amount: 1_000_000 })).toBeLessThan(-0.02);
    expect(pushOf('idle', { inStage: 20 * day, idle: 20 * day })).toBeLessThan(-0.02);
    expect(probabilityOf(learned, usual).facts.map(({ fact }) => fact)).toEqual([
      'stage',
      'time-in-stage',
      'idle',
      'amount',
      'source',
    ]);
  });
});

it('learns from ten thousand deals, back-test included, in seconds', () => {
  const deals = history({ seed: 'speed', deals: 10_000, ...telling });
  const begun = performance.now();
  fitPipeline(deals);
  expect(performance.now() - begun).toBeLessThan(30_000);
}, 60_000);
