import type { Clock } from '../config/clock.ts';
import type { Logger } from '../config/log.ts';
import { nextTimeOfDay } from '../engine/time/next.ts';
import { removeOlder } from '../store/retention.ts';
import { dueRun, runDone } from '../store/schedules.ts';
import type { LiveLibrary } from './library.ts';
import { type Consumer, consume, type QueueSettings } from './queues.ts';

const day = 24 * 3_600_000;
/** Most documents of a kind before the next kind has its turn, and how long one sweep may go on, in real milliseconds. */
const roundSize = 1_000;
const sweepLasts = 45_000;

export interface RetentionDeps {
  clock: Clock;
  library: LiveLibrary;
  /** How long is kept what nothing needs any more. */
  days: number;
}

/** Looks every minute whether it is time to remove what is old. Any number of processes may run it. */
export async function startRetention(
  deps: RetentionDeps & { queues: { settings: QueueSettings }; log: Logger },
  sweepMs = 60_000,
): Promise<Consumer> {
  let stopped = false;
  const consumer = await consume('retention', deps.queues.settings, () => sweepOld(deps, () => stopped), {
    sweepMs,
    onError: (error) => deps.log.error({ err: error }, 'the retention sweep failed; the next one goes on'),
  });
  return {
    async close() {
      stopped = true;
      await consumer.close();
    },
  };
}

/**
 * The daily sweep, at three in the morning of the company's zone in real time. It is marked when nothing is left: what
 * takes longer than one sweep may, or is broken off by a crash, the next one goes on with.
 * @param stopped asked between rounds: true ends early
 */
export async function sweepOld(
  { clock, library, days }: RetentionDeps,
  stopped: () => boolean = () => false,
): Promise<void> {
  const { policy } = (await library.read()).library;
  const now = clock.toReal(clock.now());
  const next = nextTimeOfDay({ at: '03:00', zone: policy.company.timezone }, now);
  const run = await dueRun('retention', now, next);
  if (run === null) return;
  // After a standstill of days what a crash left unfinished comes first: it may need what looks old by now.
  const rested = now - run > day;
  if (rested || (await removeAll(new Date(oldest(clock, days)), stopped))) await runDone('retention', run, next);
}

/** @returns false when it was ended before everything was removed */
async function removeAll(before: Date, stopped: () => boolean): Promise<boolean> {
  const end = performance.now() + sweepLasts;
  while (!(await removeOlder(before, roundSize))) if (stopped() || performance.now() > end) return false;
  return true;
}

/**
 * Virtual epoch ms before which things are old: by both clocks, as disks fill in real time and a journey of months may be
 * played in a minute.
 */
function oldest(clock: Clock, days: number): number {
  const now = clock.now();
  const cut = Math.min(now - days * day, clock.toVirtual(clock.toReal(now) - days * day));
  // Under a hastened clock that lies thousands of years back, where not every server has dates.
  return Math.max(cut, 0);
}
