import { setTimeout as pause } from 'node:timers/promises';

/**
 * Gathers the calls of a few milliseconds, and those that come while a batch is at work, into one call of `run`: many
 * small callers share one round trip, and only one batch is at work at a time.
 * @param run answers one result per item, in the items' order; when it throws, all callers of the batch get the error
 */
export function coalesce<Item, Result>(
  run: (items: Item[]) => Promise<Result[]>,
  windowMs: number,
): (items: readonly Item[]) => Promise<Result[]> {
  interface Call {
    items: readonly Item[];
    resolve(results: Result[]): void;
    reject(error: unknown): void;
  }
  let waiting: Call[] = [];
  let working = false;

  const work = async () => {
    working = true;
    await pause(windowMs);
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const results = await run(batch.flatMap(({ items }) => items));
        let start = 0;
        for (const { items, resolve } of batch) {
          resolve(results.slice(start, start + items.length));
          start += items.length;
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    working = false;
  };

  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject });
      if (!working) void work();
    });
}
