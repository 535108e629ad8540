import { type Job, Queue, type RedisOptions, Worker } from 'bullmq';
import { Redis } from 'ioredis';

/**
 * The queues carry no data of their own: a job only says "look into Mongo". Redis can be emptied at any moment; the
 * sweep, which is registered again and again, finds whatever was accepted and not yet done.
 */
export type QueueName = 'intake' | 'dispatch' | 'outbox';

export interface QueueSettings {
  redisUrl: string;
  /** Namespace of all keys: one per deployment, one per test. */
  prefix: string;
}

export interface Queues extends Record<QueueName, Queue> {
  settings: QueueSettings;
  /** For others that need Redis beside the queues, such as the rate limiter. Fails soon while Redis is away. */
  redis: Redis;
  close(): Promise<void>;
}

/** Why a job runs: somebody nudged, or the sweep looks for what a lost nudge left behind. */
export type Wake = 'nudge' | 'sweep';

/** Producer side. Commands fail soon while Redis is away, because nobody may wait long for a nudge. */
export function openQueues(settings: QueueSettings): Queues {
  const redis = new Redis(settings.redisUrl, {
    maxRetriesPerRequest: 1,
    retryStrategy: reconnectDelay,
  });
  // Without a listener ioredis would print every failed reconnection; callers see their own rejected commands.
  redis.on('error', ignoreReconnection);
  const open = (name: QueueName): Queue => {
    const queue = new Queue(name, {
      connection: redis,
      prefix: settings.prefix,
      skipWaitingForReady: true,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    queue.on('error', ignoreReconnection);
    return queue;
  };
  const queues = { intake: open('intake'), dispatch: open('dispatch'), outbox: open('outbox') };
  return {
    ...queues,
    settings,
    redis,
    async close() {
      await Promise.allSettled(Object.values(queues).map((queue) => queue.close()));
      redis.disconnect();
    },
  };
}

/**
 * Asks the queue's consumers to look into Mongo now. Nudges collapse: at most one waits, and one that comes while a
 * consumer is at work runs after it. Never rejects and need not be awaited; answers whether Redis took it.
 */
export async function nudge(queue: Queue): Promise<boolean> {
  try {
    await queue.add('nudge', {}, { deduplication: { id: 'nudge', keepLastIfActive: true } });
    return true;
  } catch {
    return false;
  }
}

export interface Consumer {
  close(): Promise<void>;
}

/**
 * Consumer side: calls `work` for every nudge and at least every `sweepMs`, one call at a time in this process. Errors
 * of `work` go to `onError` and the next wake-up tries again. The sweep is registered anew every minute, so an emptied
 * Redis gets it back.
 */
export async function consume(
  name: QueueName | 'retention',
  settings: QueueSettings,
  work: (why: Wake) => Promise<void>,
  { sweepMs = 5_000, onError }: { sweepMs?: number; onError: (error: unknown) => void },
): Promise<Consumer> {
  const connection: RedisOptions = {
    ...redisAddress(settings.redisUrl),
    maxRetriesPerRequest: null,
    retryStrategy: reconnectDelay,
  };
  const worker = new Worker(
    name,
    async (job: Job) => {
      await work(job.name === 'sweep' ? 'sweep' : 'nudge').catch(onError);
    },
    { connection, prefix: settings.prefix, concurrency: 1, stalledInterval: 5_000, lockDuration: 10_000 },
  );
  worker.on('error', ignoreReconnection);
  const queue = new Queue(name, { connection: { ...connection, maxRetriesPerRequest: 1 }, prefix: settings.prefix });
  queue.on('error', ignoreReconnection);
  const register = () =>
    queue
      .upsertJobScheduler(
        'sweep',
        { every: sweepMs },
        { name: 'sweep', opts: { removeOnComplete: true, removeOnFail: true } },
      )
      .catch(onError);
  await register();
  const again = setInterval(register, Math.max(60_000, 2 * sweepMs));
  again.unref();
  return {
    async close() {
      clearInterval(again);
      await worker.close();
      await queue.close();
    },
  };
}

function redisAddress(url: string): RedisOptions {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 6379),
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(pathname.length > 1 ? { db: Number(pathname.slice(1)) } : {}),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

function reconnectDelay(attempt: number): number {
  return Math.min(100 * attempt, 2_000);
}

function ignoreReconnection(): void {}
