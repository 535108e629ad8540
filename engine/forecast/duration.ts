import { errorFunction, mean } from 'simple-statistics';
import { groupBy } from '../group-by.ts';
import { dayMs } from '../time/offset.ts';
import type { PastDeal } from './past.ts';

/** How long it takes from coming into a stage to winning: log-normal, in log milliseconds. */
export interface Durations {
  stages: ReadonlyMap<string, number>;
  /** Mean for stages of which nothing is known. */
  mean: number;
  deviation: number;
}

/** What is thought where nothing is known: a month, within a factor of three either way. */
const guess = { mean: Math.log(30 * dayMs), deviation: 1.1, worth: 2 };
/** How many deals' worth the mean of all stages counts for in each. */
const pooling = 3;
const shortest = 60_000;

export function durationsOf(past: readonly PastDeal[]): Durations {
  const all = past
    .filter(({ won }) => won === 1)
    .flatMap(({ visits, closedAt }) =>
      visits.map(({ stage, from }) => ({ stage, log: Math.log(Math.max(shortest, closedAt - from)) })),
    );
  const logs = all.map(({ log }) => log);
  const pooled = blend(logs, guess.mean, guess.worth);
  const stages = new Map(
    [...groupBy(all, ({ stage }) => stage)].map(([stage, own]): [string, number] => [
      stage,
      blend(
        own.map(({ log }) => log),
        pooled,
        pooling,
      ),
    ]),
  );
  const squares = all.reduce((sum, { stage, log }) => sum + (log - (stages.get(stage) ?? pooled)) ** 2, 0);
  const variance = (squares + guess.worth * guess.deviation ** 2) / (all.length + guess.worth);
  return { stages, mean: pooled, deviation: Math.sqrt(variance) };
}

function blend(values: readonly number[], prior: number, worth: number): number {
  return values.length === 0 ? prior : (mean([...values]) * values.length + prior * worth) / (values.length + worth);
}

/**
 * When a deal will be won if it will: the chance of each span between one time and the next, and last of what comes after.
 * @param since when it came into its stage
 * @param ends of the spans, of which the first begins now; epoch ms, ascending
 */
export function winShares(
  durations: Durations,
  { stage, since, now }: { stage: string; since: number; now: number },
  ends: readonly number[],
): number[] {
  const { deviation } = durations;
  const centre = durations.stages.get(stage) ?? durations.mean;
  // Beyond four deviations the tail has no numbers left; a deal that has been there longer goes on as one there.
  const longest = Math.exp(centre + 4 * deviation);
  const elapsed = Math.min(Math.max(now - since, 0), longest);
  const left = (at: number) => tail((Math.log(Math.max(1, elapsed + at - now)) - centre) / deviation);
  const whole = left(now);
  const survivals = [1, ...ends.map((at) => left(at) / whole), 0];
  return survivals.slice(1).map((survival, index) => (survivals[index] ?? 0) - survival);
}

/** Of the standard normal distribution. */
function tail(z: number): number {
  return (1 - errorFunction(z / Math.SQRT2)) / 2;
}
