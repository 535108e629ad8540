import { holdsOrTell, type Tell, type Values } from '../conditions/evaluate.ts';
import type { Json } from '../json.ts';
import type { ContactView } from '../model/contact.ts';
import type { DomainEvent } from '../model/event.ts';
import type { Segment } from '../schema/segment.ts';
import { durationMs } from '../time/duration.ts';

/**
 * The aggregates of a segment over a contact's events: `count`, `sum` (of the numbers in `field`; other values count
 * for nothing) and `last` (epoch ms of the latest, null when there is none). `within` counts what happened less than
 * so long before `now` (epoch ms).
 */
export function stats(
  segment: Segment,
  events: readonly Pick<DomainEvent, 'name' | 'occurredAt' | 'data'>[],
  now: number,
): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(segment.aggregates).map(([name, aggregate]) => {
      const since = aggregate.within === undefined ? Number.NEGATIVE_INFINITY : now - durationMs(aggregate.within);
      const counted = events.filter((event) => event.name === aggregate.event && event.occurredAt > since);
      return [name, aggregateOf(aggregate, counted)];
    }),
  );
}

function aggregateOf(
  { of, field }: Segment['aggregates'][string],
  events: readonly Pick<DomainEvent, 'occurredAt' | 'data'>[],
): number | null {
  switch (of) {
    case 'count':
      return events.length;
    case 'sum':
      return events.reduce((sum, event) => {
        const value = field === undefined || !Object.hasOwn(event.data, field) ? 0 : event.data[field];
        return sum + (typeof value === 'number' ? value : 0);
      }, 0);
    case 'last':
      return events.reduce<number | null>((last, event) => Math.max(last ?? event.occurredAt, event.occurredAt), null);
  }
}

/**
 * Whether a contact belongs to a segment now. One without `when` has the members that were added to it. A condition
 * that cannot be answered makes nobody a member; `tell` hears of it, unless only a field is missing.
 */
export function isMember(
  segment: Segment,
  contact: ContactView,
  aggregates: Record<string, Json>,
  now: number,
  calendars: Values['calendars'] = {},
  tell?: Tell,
): boolean {
  if (segment.when === undefined) return contact.segments.includes(segment.key);
  return holdsOrTell(segment.when, { contact, stats: aggregates, now, calendars }, tell);
}
