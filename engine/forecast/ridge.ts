import { CholeskyDecomposition, inverse, Matrix } from 'ml-matrix';
import type { Entry } from './facts.ts';

/** One observation of a logistic regression. */
export interface Row {
  entries: readonly Entry[];
  /** Log odds without the terms. */
  offset: number;
  won: 0 | 1;
}

export interface Ridge {
  coefficients: readonly number[];
  /** Of the coefficients, given the data and the prior (Laplace's approximation). */
  covariance: readonly (readonly number[])[];
}

const steps = 25;

/**
 * Logistic regression without an intercept, with an offset and a normal prior around 0 on each coefficient, by Newton's method: without data every
 * coefficient is 0, and the offset holds. The posterior is concave, so the end is the only one.
 * @param worth of a row: rows that tell the same twice count half
 * @param deviations of the prior, one for each column
 */
export function fitRidge(rows: readonly Row[], worth: number, deviations: readonly number[]): Ridge {
  const precisions = deviations.map((deviation) => 1 / deviation ** 2);
  let coefficients = precisions.map(() => 0);
  for (let step = 0; step < steps; step += 1) {
    const { hessian, gradient } = derivatives(rows, worth, coefficients, precisions);
    const change = new CholeskyDecomposition(hessian).solve(gradient).getColumn(0);
    // Far steps overshoot where chances are close to 0 or 1.
    const length = Math.max(...change.map(Math.abs));
    const shorten = length > 1 ? 1 / length : 1;
    coefficients = coefficients.map((one, index) => one + (change[index] ?? 0) * shorten);
    if (length < 1e-7) break;
  }
  const { hessian } = derivatives(rows, worth, coefficients, precisions);
  return { coefficients, covariance: inverse(hessian).to2DArray() };
}

/** Sum of the terms of a row. */
export function sumOf(entries: readonly Entry[], coefficients: readonly number[]): number {
  return entries.reduce((sum, { column, value }) => sum + (coefficients[column] ?? 0) * value, 0);
}

/** Variance of that sum, by what is not known of the coefficients. */
export function varianceOf(entries: readonly Entry[], covariance: Ridge['covariance']): number {
  return entries.reduce(
    (sum, a) =>
      sum + entries.reduce((inner, b) => inner + a.value * b.value * (covariance[a.column]?.[b.column] ?? 0), 0),
    0,
  );
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

export function logit(p: number): number {
  const bounded = Math.min(Math.max(p, 1e-6), 1 - 1e-6);
  return Math.log(bounded / (1 - bounded));
}

/** Of the log posterior, both with the sign that makes the matrix positive definite. */
function derivatives(
  rows: readonly Row[],
  worth: number,
  coefficients: readonly number[],
  precisions: readonly number[],
) {
  const size = precisions.length;
  const curves = new Float64Array(size * size);
  const slopes = new Float64Array(size);
  for (const { entries, offset, won } of rows) {
    const p = sigmoid(offset + sumOf(entries, coefficients));
    const [curve, slope] = [p * (1 - p), won - p];
    for (const { column, value } of entries) {
      slopes[column] = (slopes[column] ?? 0) + slope * value;
      for (const other of entries) {
        if (other.column > column) continue;
        const place = column * size + other.column;
        curves[place] = (curves[place] ?? 0) + curve * value * other.value;
      }
    }
  }
  const hessian = Matrix.diag([...precisions]);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const sum = hessian.get(row, column) + worth * (curves[row * size + column] ?? 0);
      hessian.set(row, column, sum).set(column, row, sum);
    }
  }
  const gradient = precisions.map(
    (precision, index) => worth * (slopes[index] ?? 0) - precision * (coefficients[index] ?? 0),
  );
  return { hessian, gradient: Matrix.columnVector(gradient) };
}
