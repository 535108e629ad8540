import type { DealSight } from '../model/deal.ts';
import type { Calendar } from '../schema/calendar.ts';
import type { Stage } from '../schema/index.ts';
import { addOpenTime, nextOpening } from '../time/business.ts';
import { addDuration, durationMs } from '../time/duration.ts';

export interface LimitScene {
  calendars: Record<string, Calendar>;
  /** Time zone in which days of a limit without a calendar are counted. */
  zone: string;
}

/** Epoch ms at which a deal is overdue in its stage, and at which it counts as idle; what the stage does not limit is absent. */
export interface Limits {
  due?: number;
  idle?: number;
}

/** The deadline and the idle limit of a deal's stage as instants: the same at which the stage's own waits end. */
export function stageLimits({ deadline, idle }: Stage, deal: LimitedDeal, { calendars, zone }: LimitScene): Limits {
  const found: Limits = {};
  if (deadline !== undefined) {
    const { within, calendar } = deadline;
    const hours = calendars[calendar ?? ''];
    const open = hours && addOpenTime(hours, deal.stageSince, durationMs(within));
    const due = calendar === undefined ? addDuration(deal.stageSince, within, zone) : open;
    if (due !== undefined && due !== null) found.due = due;
  }
  // A task that is planned suspends the idle limit.
  if (idle !== undefined && deal.openTasks === 0) {
    const hours = calendars[idle.calendar ?? ''];
    const end = addDuration(deal.activityAt, idle.within, zone);
    found.idle = (hours && nextOpening(hours, end)) ?? end;
  }
  return found;
}

type LimitedDeal = Pick<DealSight, 'stageSince' | 'activityAt' | 'openTasks'>;
