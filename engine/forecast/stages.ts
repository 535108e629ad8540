import { gammaln } from 'simple-statistics';
import type { PastDeal } from './past.ts';

/** Wins and losses, with what a prior adds to them. */
export interface Tally {
  won: number;
  lost: number;
}

/** How often deals of each stage are won. */
export interface StageRates {
  all: Tally;
  stages: ReadonlyMap<string, Tally>;
  /** How many deals' worth the pipeline's own share counts for in each stage; 0: plain averages. */
  strength: number;
}

/**
 * Conversion of each stage: of the deals that were ever in it and are over, how many were won. Stages with few deals are held back to the share of the
 * whole pipeline (beta-binomial; the prior's strength by its marginal likelihood, as empirical Bayes has it, around a weak guess of 4).
 */
export function stageRates(past: readonly PastDeal[]): StageRates {
  const { all, stages } = tallies(past);
  const rates = (strength: number): StageRates => ({ all: { won: all.won + 1, lost: all.lost + 1 }, stages, strength });
  const strengths = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];
  const score = (strength: number) => evidence(rates(strength)) - Math.log(strength / 4) ** 2 / 4;
  return rates(strengths.reduce((best, one) => (score(one) > score(best) ? one : best)));
}

/** The bare average of each stage, without any prior. */
export function plainRates(past: readonly PastDeal[]): StageRates {
  return { ...tallies(past), strength: 0 };
}

/** Share of the pipeline's deals that were won. */
export function baseRate({ all }: StageRates): number {
  return share(all) ?? 0.5;
}

/** Share of the deals of a stage that are won. */
export function stageRate(rates: StageRates, stage: string): number {
  return share(posterior(rates, stage)) ?? baseRate(rates);
}

/**
 * Variance of the logit of a stage's share: how well it is known. That of a beta distribution by the delta method, and what is not known of the
 * pipeline's share, as far as the stage leans on it.
 */
export function logitVariance(rates: StageRates, stage: string): number {
  const own = posterior(rates, stage);
  const lean = rates.strength === 0 ? 0 : rates.strength / (own.won + own.lost);
  return spread(own) + lean ** 2 * spread(rates.all);
}

function spread({ won, lost }: Tally): number {
  // Half a deal on each side, where all or none were won and there is no prior.
  const [a, b] = won === 0 || lost === 0 ? [won + 0.5, lost + 0.5] : [won, lost];
  return (a + b) ** 2 / (a * b * (a + b + 1));
}

function posterior(rates: StageRates, stage: string): Tally {
  const { won, lost } = rates.stages.get(stage) ?? { won: 0, lost: 0 };
  const base = baseRate(rates);
  return { won: won + rates.strength * base, lost: lost + rates.strength * (1 - base) };
}

function share({ won, lost }: Tally): number | undefined {
  return won + lost === 0 ? undefined : won / (won + lost);
}

function tallies(past: readonly PastDeal[]): Pick<StageRates, 'all' | 'stages'> {
  const stages = new Map<string, Tally>();
  const all = { won: 0, lost: 0 };
  for (const { won, visits } of past) {
    const end = won === 1 ? 'won' : 'lost';
    all[end] += 1;
    for (const stage of new Set(visits.map((visit) => visit.stage))) {
      const tally = stages.get(stage) ?? { won: 0, lost: 0 };
      tally[end] += 1;
      stages.set(stage, tally);
    }
  }
  return { all, stages };
}

/** Logarithm of the beta-binomial likelihood of all stages, without what does not depend on the prior. */
function evidence(rates: StageRates): number {
  const base = baseRate(rates);
  const [a, b] = [rates.strength * base, rates.strength * (1 - base)];
  return [...rates.stages.values()].reduce((sum, { won, lost }) => sum + lnBeta(won + a, lost + b) - lnBeta(a, b), 0);
}

function lnBeta(a: number, b: number): number {
  return gammaln(a) + gammaln(b) - gammaln(a + b);
}
