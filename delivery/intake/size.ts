import { cohortRoom } from '../../workflows/messages.ts';

/** Items of one transaction. The most is as many as share a cohort: cohorts are made of one batch. */
export const fewest = 250;
const most = cohortRoom.instances;

/** A transaction of this many milliseconds is long enough: whatever else comes waits behind it, and its lease lasts 20 seconds. */
const longMs = 3_000;

/**
 * How many items the next transaction may have, so that it takes a second or two on any server: half of what took too long, twice
 * what took less than half of that. `took`: milliseconds.
 */
export function fitting(items: number, took: number): number {
  if (took > longMs) return Math.max(fewest, Math.floor(items / 2));
  return took < longMs / 2 ? Math.min(most, items * 2) : items;
}
