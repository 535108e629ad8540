import { quantileSorted } from 'simple-statistics';
import { groupBy } from '../group-by.ts';
import type { Judged } from './learn.ts';
import { drawsFor } from './random.ts';

/** How good guesses were. */
export interface Score {
  /** Mean squared error; 0 is perfect, 0.25 what tossing a coin gets. */
  brier: number;
  /** Mean negative logarithm of the chance that was given to what happened. Chances are taken as at least 0.001 and at most 0.999. */
  logLoss: number;
}

/** Guesses of about the same height, and how often they came true. */
export interface CalibrationLine {
  from: number;
  to: number;
  looks: number;
  guessed: number;
  won: number;
}

/** Smaller is better for both, so a negative difference says that the first was better. */
export interface Difference {
  brier: { value: number; low: number; high: number };
  logLoss: { value: number; low: number; high: number };
}

type Guess = (one: Judged) => number;

export function scoreOf(judged: readonly Judged[], guess: Guess): Score {
  return { brier: mean(judged, squared(guess)), logLoss: mean(judged, surprise(guess)) };
}

export function calibration(judged: readonly Judged[], guess: Guess): CalibrationLine[] {
  return Array.from({ length: 10 }, (_, index) => {
    const [from, to] = [index / 10, (index + 1) / 10];
    const own = judged.filter((one) => guess(one) >= from && (guess(one) < to || (to === 1 && guess(one) === 1)));
    return {
      from,
      to,
      looks: own.length,
      guessed: mean(own, guess),
      won: mean(own, ({ look }) => look.won),
    };
  }).filter(({ looks }) => looks > 0);
}

/** How much better one way was than another, with 80 % intervals from a thousand samples of the deals with replacement. */
export function difference(judged: readonly Judged[], guess: Guess, other: Guess): Difference {
  const deals = [...groupBy(judged, ({ look }) => look.deal).values()].map((own) => ({
    looks: own.length,
    brier: total(own, squared(guess)) - total(own, squared(other)),
    logLoss: total(own, surprise(guess)) - total(own, surprise(other)),
  }));
  const draws = drawsFor('bootstrap');
  const samples = Array.from({ length: 1000 }, () => {
    const sum = { looks: 0, brier: 0, logLoss: 0 };
    for (let count = 0; count < deals.length; count += 1) {
      const deal = deals[Math.floor(draws.uniform() * deals.length)];
      sum.looks += deal?.looks ?? 0;
      sum.brier += deal?.brier ?? 0;
      sum.logLoss += deal?.logLoss ?? 0;
    }
    return { brier: sum.brier / sum.looks, logLoss: sum.logLoss / sum.looks };
  });
  const interval = (of: (one: Score) => number) => {
    const sorted = samples.map(of).sort((a, b) => a - b);
    return { low: quantileSorted(sorted, 0.1), high: quantileSorted(sorted, 0.9) };
  };
  return {
    brier: { value: mean(judged, squared(guess)) - mean(judged, squared(other)), ...interval(({ brier }) => brier) },
    logLoss: {
      value: mean(judged, surprise(guess)) - mean(judged, surprise(other)),
      ...interval(({ logLoss }) => logLoss),
    },
  };
}

function squared(guess: Guess): Guess {
  return (one) => (guess(one) - one.look.won) ** 2;
}

function surprise(guess: Guess): Guess {
  return (one) => {
    const p = Math.min(Math.max(guess(one), 0.001), 0.999);
    return -Math.log(one.look.won === 1 ? p : 1 - p);
  };
}

function total(judged: readonly Judged[], of: Guess): number {
  return judged.reduce((sum, one) => sum + of(one), 0);
}

function mean(judged: readonly Judged[], of: Guess): number {
  return judged.length === 0 ? 0 : total(judged, of) / judged.length;
}
