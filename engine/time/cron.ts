import { Cron } from 'croner';
import { dayMs, offsetAt } from './offset.ts';
import { fromLocal, toLocal } from './zone.ts';

// Schedules come from published definitions; a designer that checks every key press must not fill the memory.
const parsed = new Map<string, Cron>();
const maxParsed = 1000;

/**
 * The next instant after `after` (epoch ms) that a five-field cron expression names in a zone; `null` when there is none. Every
 * local time counts once: one that a change of the clock skips moves forward by the gap, one that happens twice means
 * the first. So a daily job runs once every day, and one that runs each hour rests for the repeated hour.
 * @throws the message of `checkCron` for an expression that it refuses; RangeError for an unknown zone.
 */
export function nextCron(expression: string, zone: string, after: number): number | null {
  const cron = parse(expression);
  // Times in a gap of the last day may have moved to after `after`: begin as if the clock had not changed yet.
  let cursor = new Date(after + Math.min(offsetAt(after - dayMs, zone), offsetAt(after, zone)));
  let next: number | null = null;
  for (;;) {
    const run = cron.nextRun(cursor);
    if (run === null) return next;
    cursor = run;
    const at = fromLocal(run.getTime(), zone);
    if (at <= after) continue;
    next = Math.min(next ?? at, at);
    // A moved time may come after the times that follow it; all others are in order.
    if (toLocal(at, zone) === run.getTime()) return next;
  }
}

/** What is wrong with a cron expression, in words; `null` when it is fine. */
export function checkCron(expression: string): string | null {
  try {
    return parse(expression).nextRun(new Date(0)) === null ? 'this day never comes' : null;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    return `${reason}; write minute, hour, day, month and weekday, such as "0 9 * * 1-5"`;
  }
}

/** The fields alone: croner's own zone rules give a daily job another time in a gap than waits have, so it sees UTC. */
function parse(expression: string): Cron {
  let cron = parsed.get(expression);
  if (cron === undefined) {
    cron = new Cron(expression, { mode: '5-part', timezone: 'UTC', paused: true });
    if (parsed.size >= maxParsed) parsed.clear();
    parsed.set(expression, cron);
  }
  return cron;
}
