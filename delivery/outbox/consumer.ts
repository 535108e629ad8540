import { type Consumer, consume } from '../queues.ts';
import { carryOver } from './carry-over.ts';
import { giveUpLapsed } from './claim.ts';
import { deliverDue } from './deliver.ts';
import type { OutboxDeps } from './deps.ts';

/**
 * The outbox of one process: delivers on every nudge and, should nudges be lost, at every sweep, which also marks what a
 * crash left behind. Any number of processes may run it.
 */
export async function startOutbox(deps: OutboxDeps, { sweepMs = 5_000 } = {}): Promise<Consumer> {
  await carryOver();
  let closing = false;
  const consumer = await consume(
    'outbox',
    deps.queues.settings,
    async (why) => {
      if (why === 'sweep') {
        const lapsed = await giveUpLapsed();
        if (lapsed > 0) deps.log.warn({ lapsed }, 'messages whose sending was cut off are unknown now');
      }
      await deliverDue(deps, () => closing);
    },
    { sweepMs, onError: (error) => deps.log.error({ err: error }, 'the outbox failed; the next sweep goes on') },
  );
  return {
    async close() {
      closing = true;
      await consumer.close();
    },
  };
}
