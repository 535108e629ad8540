import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { releaseLease, takeLease } from '../../store/leases.ts';
import { type Consumer, consume } from '../queues.ts';
import { startCohorts } from './cohorts.ts';
import { sendDeliveries } from './deliveries.ts';
import { type DispatchDeps, leaseMs } from './deps.ts';

/** What comes within this time after a nudge goes along: fewer looks into the store, fewer and fuller signals. */
const gatherMs = 25;

/**
 * Starts workflows for those who were let in, and sends them what is addressed to them: on every nudge, and by a sweep
 * when nudges are lost. Any number of processes may run it; one is at work at a time.
 */
export async function startDispatcher(deps: DispatchDeps, { sweepMs = 3_000 } = {}): Promise<Consumer> {
  const holder = randomUUID();
  const closing = new AbortController();
  const consumer = await consume(
    'dispatch',
    deps.queues.settings,
    async (why) => {
      if (why === 'nudge') await pause(gatherMs);
      await underLease(holder, closing.signal, () => dispatch(deps));
    },
    { sweepMs, onError: (error) => deps.log.error({ err: error }, 'dispatching failed; the next sweep goes on') },
  );
  return {
    async close() {
      closing.abort();
      await consumer.close();
    },
  };
}

/** One round. Deliveries follow the starts, so that they find their workflow. */
async function dispatch(deps: DispatchDeps): Promise<void> {
  await startCohorts(deps);
  await sendDeliveries(deps);
}

/** Waits while another holds the lease, which may be a dead one's: what it does not see any more is for this round. */
async function underLease(holder: string, closing: AbortSignal, work: () => Promise<void>): Promise<void> {
  for (let waited = 0; waited <= 2 * leaseMs && !closing.aborted; waited += 100) {
    const lease = await takeLease('dispatch', holder, leaseMs);
    if (lease) {
      await work().finally(() => releaseLease(lease));
      return;
    }
    await pause(100);
  }
}
