import { durationMs } from '../time/duration.ts';

/**
 * What is left of points after `elapsed` milliseconds: exponential decay, continuous, half after each half-life
 * (points · 2^(−elapsed / halfLife)). Without a half-life they stay; what lies in the future counts in full.
 */
export function decayed(points: number, halfLife: string | undefined, elapsed: number): number {
  if (halfLife === undefined || elapsed <= 0) return points;
  return points * 2 ** (-elapsed / durationMs(halfLife));
}

/** Half up to whole points, also for what binary fractions leave a hair below the half. */
export function wholePoints(points: number): number {
  return Math.floor(points + 0.5 + 1e-9);
}
