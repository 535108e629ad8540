import type mongoose from 'mongoose';
import type { ClockState } from '../engine/model/clock.ts';
import { collectionOf } from './driver.ts';
import type { Change } from './instances.ts';
import { Clocks, type ClocksDoc } from './models/clock.ts';

/** Projects the clocks that look different than before. `now`: virtual epoch ms. */
export async function projectClocks(changes: readonly Change<ClockState>[], now: number): Promise<void> {
  const operations = changes.flatMap(({ before, after }): mongoose.mongo.AnyBulkWriteOperation<ClocksDoc>[] => {
    const shown = JSON.stringify(show(after));
    if (before !== null && JSON.stringify(show(before)) === shown) return [];
    const replacement = { ...show(after), updatedAt: new Date(now) };
    return [{ replaceOne: { filter: { _id: after.subject.id }, replacement, upsert: true } }];
  });
  if (operations.length === 0) return;
  await collectionOf<ClocksDoc>(Clocks).bulkWrite(operations, { ordered: false });
}

function show({ id, policy, clocks, ledger }: ClockState): Omit<ClocksDoc, '_id' | 'updatedAt'> {
  const open = clocks.filter(({ status, breachedAt }) => status === 'running' && breachedAt === undefined);
  const due = open.flatMap((clock) => clock.due ?? []);
  return {
    instance: id,
    ...(policy !== undefined && { policy }),
    clocks,
    ledger,
    ...(due.length > 0 && { due: new Date(Math.min(...due)) }),
    breached: clocks.some(({ status, breachedAt }) => status === 'running' && breachedAt !== undefined),
  };
}
