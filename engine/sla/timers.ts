import type { Clock } from '../model/clock.ts';
import { bank, nextStop, type Stop, schedule, timesBy } from './clock.ts';
import { type ClockDraft, enter, moveTo } from './draft.ts';
import { announce, escalate } from './effects.ts';

/**
 * Lets everything come that time alone brings up to `limit`, each as if it were its own instant: a worker that was down
 * makes no breach later. `before`: only what comes earlier than the limit, since an event at that very instant comes first.
 */
export function fireTimers(draft: ClockDraft, limit: number, before = false): void {
  for (;;) {
    const clock = earliest(draft.state.clocks);
    if (clock?.wake == null || (before ? clock.wake >= limit : clock.wake > limit)) return;
    moveTo(draft, clock.wake);
    const stop = nextStop(clock, draft.context.pinned);
    if (stop !== null) reach(draft, clock, stop);
    schedule(clock, draft.context.pinned);
  }
}

function reach(draft: ClockDraft, clock: Clock, { point }: Stop): void {
  const { state, context } = draft;
  bank(clock, state.at, context.pinned);
  if (point === undefined) {
    clock.breachedAt = state.at;
    clock.overrunFrom = clock.consumed;
    enter(draft, clock, 'breached', 'time');
    announce(draft, clock, 'sla.breached', 'breached/1', { point: '100%' });
    return;
  }
  const count = timesBy(clock, point);
  clock.fired[point.id] = count;
  const early = clock.breachedAt === undefined;
  enter(draft, clock, early ? 'warned' : 'escalated', point.point, point.id);
  if (early) {
    announce(draft, clock, 'sla.warned', `warned:${point.id}/${count}`, { point: point.point, escalation: point.id });
  }
  escalate(draft, clock, point, count);
}

function earliest(clocks: readonly Clock[]): Clock | undefined {
  let first: Clock | undefined;
  for (const clock of clocks) {
    if (clock.wake !== null && (first?.wake == null || clock.wake < first.wake)) first = clock;
  }
  return first;
}
