import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Sight } from './course.ts';
import { encode } from './facts.ts';
import { type Learned, logOddsVariance } from './learn.ts';
import { drawsFor } from './random.ts';
import { logit, sigmoid, sumOf } from './ridge.ts';
import { logitVariance } from './stages.ts';

/** Futures that are drawn. */
export const futures = 1_000;

/** An open deal with what is thought of it. */
export interface Outlook {
  id: string;
  sight: Sight;
  /** That it is won. */
  probability: number;
  /** When it is won if it is: the chance of each span of time. */
  when: readonly number[];
}

/** In which span each deal is won in each future; -1: it is not. */
export type Wins = ReadonlyMap<string, Int16Array>;

/**
 * Draws what may become of each deal. What is not known of a stage or of a fact is drawn once per future for all deals, so that they are
 * wrong together, as they would be. Each deal has random numbers of its own: others that come or go do not shake it.
 */
export function drawFutures(learned: Learned, outlooks: readonly Outlook[]): Wins {
  const stages = new Map(
    [...new Set(outlooks.map(({ sight }) => sight.stage))].map((stage) => [stage, stageShifts(learned, stage)]),
  );
  const facts = factShifts(learned);
  return new Map(
    outlooks.map(({ id, sight, probability, when }): [string, Int16Array] => {
      const draws = drawsFor(id);
      // So far from the middle that the mean over all that is not known is the probability (MacKay's approximation).
      const centre = logit(probability) * Math.sqrt(1 + (Math.PI / 8) * logOddsVariance(learned, sight));
      const entries = learned.model === undefined ? [] : encode(learned.model.scales, sight);
      const shifts = stages.get(sight.stage);
      return [
        id,
        Int16Array.from({ length: futures }, (_, future) => {
          const shift = (shifts?.[future] ?? 0) + sumOf(entries, facts[future] ?? []);
          const [chance, month] = [draws.uniform(), draws.uniform()];
          return chance < sigmoid(centre + shift) ? pick(when, month) : -1;
        }),
      ];
    }),
  );
}

function stageShifts({ rates }: Learned, stage: string): number[] {
  const draws = drawsFor(`stage ${stage}`);
  const deviation = Math.sqrt(logitVariance(rates, stage));
  return Array.from({ length: futures }, () => deviation * draws.normal());
}

/** By how far the coefficients may be off, as far as they count. */
function factShifts({ model, weight }: Learned): number[][] {
  if (model === undefined) return [];
  const lower = new CholeskyDecomposition(symmetric(model.covariance)).lowerTriangularMatrix.to2DArray();
  const draws = drawsFor('facts');
  return Array.from({ length: futures }, () => {
    const normals = lower.map(() => draws.normal());
    return lower.map((row) => weight * row.reduce((sum, factor, index) => sum + factor * (normals[index] ?? 0), 0));
  });
}

/** An inverse is symmetric but for rounding. */
function symmetric(rows: readonly (readonly number[])[]): Matrix {
  const matrix = new Matrix(rows.map((row) => [...row]));
  return Matrix.add(matrix, matrix.transpose()).mul(0.5);
}

/** The part of a whole into which a number from 0 to 1 falls. */
function pick(parts: readonly number[], point: number): number {
  let left = point;
  const found = parts.findIndex((part) => {
    left -= part;
    return left < 0;
  });
  return found < 0 ? parts.length - 1 : found;
}
