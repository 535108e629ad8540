import { dayMs } from '../../../engine/time/offset.ts';
import type { DealDoc, DealPoint } from '../../../store/models/deal.ts';
import type { DealFile } from './book.ts';

/**
 * Keeps what was known of each deal that has changed and when something happened with it, for forecasts, which learn from deals as they were.
 * Activity alone is kept once a day, so that a trail is as long as the deal's active days and not as its events.
 */
export function leaveTrails(files: readonly DealFile[]): void {
  for (const { doc, stored } of files) {
    const point = pointOf(doc);
    if (stored !== null && point.at.getTime() === stored.activityAt.getTime() && same(point, pointOf(stored))) continue;
    const last = doc.trail?.at(-1);
    if (last !== undefined && same(point, last) && point.at.getTime() < last.at.getTime() + dayMs) continue;
    doc.trail = [...(doc.trail ?? []), point];
  }
}

function pointOf({ activityAt, amount, currency, source }: DealDoc): DealPoint {
  return {
    at: activityAt,
    currency,
    ...(amount !== undefined && { amount }),
    ...(source !== undefined && { source }),
  };
}

function same(one: DealPoint, other: DealPoint): boolean {
  return one.amount === other.amount && one.currency === other.currency && one.source === other.source;
}
