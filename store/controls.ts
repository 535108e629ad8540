import type { Control } from '../engine/model/event.ts';
import { newId } from './id.ts';
import { Deliveries } from './models/delivery.ts';

let last = 0;

/**
 * Puts one order for each instance on its way. Its number is taken from the real clock, so that it grows across processes
 * and restarts: an instance drops what is not above the last one it took.
 */
export async function submitControls(instances: readonly string[], control: Control): Promise<void> {
  if (instances.length === 0) return;
  const createdAt = new Date();
  const order = nextOrder(createdAt.getTime());
  await Deliveries.insertMany(
    instances.map((instance) => ({
      _id: `${newId()}/${instance}`,
      order,
      instance,
      control,
      status: 'pending',
      createdAt,
    })),
    { lean: true },
  );
}

/** Below 2^53 until the year 2255; the low digits keep two processes of one millisecond apart. */
function nextOrder(now: number): number {
  last = Math.max(last + 1, now * 1000 + Math.floor(Math.random() * 1000));
  return last;
}
