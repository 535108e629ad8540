import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Consumer, consume, nudge, openQueues, type Queues } from '../../delivery/queues.ts';

const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';
const opened: (Queues | Consumer)[] = [];

function settings() {
  return { redisUrl, prefix: `test-${randomUUID()}` };
}

afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

const unexpected = (error: unknown) => {
  throw error;
};

describe('queues', () => {
  it('collapses nudges and runs once more for one that comes during the work', async () => {
    const at = settings();
    const queues = openQueues(at);
    opened.push(queues);
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const calls: string[] = [];
    await Promise.all(Array.from({ length: 50 }, () => nudge(queues.intake)));
    opened.push(
      await consume(
        'intake',
        at,
        async (why) => {
          calls.push(why);
          await gate;
        },
        { sweepMs: 60_000, onError: unexpected },
      ),
    );
    await vi.waitFor(() => expect(calls).toContain('nudge'), { timeout: 10_000, interval: 10 });
    const nudges = () => calls.filter((why) => why === 'nudge').length;
    await Promise.all(Array.from({ length: 50 }, () => nudge(queues.intake)));
    release();
    await vi.waitFor(() => expect(nudges()).toBe(2), { timeout: 10_000, interval: 10 });
    await nudge(queues.intake);
    await vi.waitFor(() => expect(nudges()).toBe(3), { timeout: 10_000, interval: 10 });
  });

  it('sweeps without any nudge', async () => {
    const at = settings();
    const calls: string[] = [];
    opened.push(
      await consume('dispatch', at, async (why) => void calls.push(why), { sweepMs: 100, onError: unexpected }),
    );
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(2), { timeout: 10_000, interval: 10 });
    expect(new Set(calls)).toEqual(new Set(['sweep']));
  });

  it('tells that a nudge did not arrive while Redis is away, without throwing', async () => {
    const queues = openQueues({ redisUrl: 'redis://127.0.0.1:1', prefix: 'away' });
    opened.push(queues);
    expect(await nudge(queues.outbox)).toBe(false);
  });

  it('hands errors of the work to onError and goes on', async () => {
    const at = settings();
    const queues = openQueues(at);
    opened.push(queues);
    const errors: unknown[] = [];
    let calls = 0;
    opened.push(
      await consume(
        'outbox',
        at,
        async () => {
          calls += 1;
          throw new Error('no');
        },
        { sweepMs: 100, onError: (error) => errors.push(error) },
      ),
    );
    await vi.waitFor(() => expect(calls).toBeGreaterThan(1), { timeout: 10_000, interval: 10 });
    expect(errors.length).toBeGreaterThan(0);
  });
});
