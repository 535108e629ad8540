import { dayMs } from '../time/offset.ts';
import type { Sight } from './course.ts';
import { encode, typicalStay } from './facts.ts';
import { chances, type Learned, logOddsVariance } from './learn.ts';
import { logit, sigmoid } from './ridge.ts';
import { baseRate } from './stages.ts';

export const forecastFacts = ['stage', 'time-in-stage', 'idle', 'amount', 'source'] as const;

/** A fact and how far it moves the chance of a deal. */
export interface FactPush {
  fact: (typeof forecastFacts)[number];
  /** Key of the stage, source; days in the stage, days without activity; amount. Absent: nothing known. */
  value?: string | number;
  /** What is usual, in the same unit. */
  typical?: number;
  /** Part of the probability: 0.04 is four points. */
  push: number;
}

export interface Probability {
  /** That the deal will be won. */
  value: number;
  /** The true probability lies between them with 80 %. */
  low: number;
  high: number;
  /** Share of the pipeline's deals that are won; with all pushes it makes the value. */
  base: number;
  facts: FactPush[];
}

/** Of the standard normal distribution: 80 % lie within so many deviations. */
export const within80 = 1.2815515655446;

/**
 * The probability that a deal is won, and what makes it: from the pipeline's share to the stage's, from there by what the model adds, which is given to
 * the facts in proportion to their log odds (Aumann and Shapley: the average over all amounts in which they could be added together).
 */
export function probabilityOf(learned: Learned, sight: Sight): Probability {
  const { stage, whole } = chances(learned, sight);
  const base = baseRate(learned.rates);
  const deviation = Math.sqrt(logOddsVariance(learned, sight));
  return {
    value: whole,
    low: sigmoid(logit(whole) - within80 * deviation),
    high: sigmoid(logit(whole) + within80 * deviation),
    base,
    facts: [{ fact: 'stage', value: sight.stage, push: stage - base }, ...pushes(learned, sight, stage, whole)],
  };
}

function pushes({ model, weight }: Learned, sight: Sight, stage: number, whole: number): FactPush[] {
  if (model === undefined) return [];
  const terms = encode(model.scales, sight).map(({ column, value }) => {
    return { fact: model.scales.columns[column]?.fact, term: (model.coefficients[column] ?? 0) * value };
  });
  const sum = terms.reduce((total, { term }) => total + term, 0);
  // Where the terms cancel out, the slope of the curve itself.
  const slope = Math.abs(sum) < 1e-9 ? weight * stage * (1 - stage) : (whole - stage) / sum;
  const push = (fact: FactPush['fact']) =>
    slope * terms.reduce((total, one) => (one.fact === fact ? total + one.term : total), 0);
  const known = new Set(model.scales.columns.map(({ fact }) => fact));
  const { typicalAmount } = model.scales;
  const all: FactPush[] = [
    {
      fact: 'time-in-stage',
      value: sight.inStage / dayMs,
      typical: typicalStay(model.scales, sight.stage) / dayMs,
      push: push('time-in-stage'),
    },
    { fact: 'idle', ...(sight.idle !== undefined && { value: sight.idle / dayMs }), push: push('idle') },
    {
      fact: 'amount',
      ...(typeof sight.amount === 'number' && { value: sight.amount }),
      ...(typicalAmount !== undefined && { typical: typicalAmount }),
      push: push('amount'),
    },
    { fact: 'source', ...(sight.source !== null && { value: sight.source }), push: push('source') },
  ];
  return all.filter(({ fact }) => fact !== 'stage' && known.has(fact));
}
