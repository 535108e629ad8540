import type { Request } from 'express';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Logger } from '../config/log.ts';
import type { Queues } from '../delivery/queues.ts';

/** Seconds that the caller of a request has to wait; 0: they may go on. */
export type RateLimit = (request: Request) => Promise<number>;

/**
 * A limit per address and minute, common to all processes of the installation. Without Redis nobody is turned away: what is lost by that
 * is worse than a lost limit.
 * @param name of what is limited, for its keys and the log
 */
export function rateLimit(
  name: string,
  perMinute: number,
  { queues, log }: { queues: Queues; log: Logger },
): RateLimit {
  const keyPrefix = `${queues.settings.prefix}:${name}`;
  const limiter = new RateLimiterRedis({ storeClient: queues.redis, keyPrefix, points: perMinute, duration: 60 });
  return async (request) => {
    try {
      await limiter.consume(request.ip ?? 'unknown');
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      log.warn({ err: refusal }, `${name} are not limited while Redis is away`);
      return 0;
    }
  };
}
