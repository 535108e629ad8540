import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type Segment, segmentSchema } from '../../../engine/schema/segment.ts';
import { isMember, stats } from '../../../engine/segments/segment.ts';
import { contact, event, now } from '../conditions/values.ts';

const day = 86_400_000;

function segment(over: Partial<z.input<typeof segmentSchema>>): Segment {
  return segmentSchema.parse({ kind: 'segment', key: 'buyers', name: 'Buyers', ...over });
}

const order = (ago: number, total?: unknown) =>
  event(typeof total === 'number' || typeof total === 'string' ? { total } : {}, {
    name: 'order.placed',
    occurredAt: now - ago * day,
  });

describe('aggregates', () => {
  const buyers = segment({
    aggregates: {
      orders: { event: 'order.placed', of: 'count' },
      recent: { event: 'order.placed', of: 'count', within: 'P30D' },
      spent: { event: 'order.placed', of: 'sum', field: 'total' },
      lastOrder: { event: 'order.placed', of: 'last' },
      lastVisit: { event: 'page.viewed', of: 'last' },
    },
  });

  it('count, add up and find the last, within their periods', () => {
    const events = [order(30, 100), order(1, 50.5), order(90, '7'), order(40), event()];
    expect(stats(buyers, events, now)).toEqual({
      orders: 4,
      recent: 1,
      spent: 150.5,
      lastOrder: now - day,
      lastVisit: null,
    });
  });

  it('of no events are zero and null', () => {
    expect(stats(buyers, [], now)).toEqual({ orders: 0, recent: 0, spent: 0, lastOrder: null, lastVisit: null });
  });
});

describe('membership', () => {
  it('follows the condition over the contact and its aggregates', () => {
    const silent = segment({
      when: '"customers" in contact.segments && stats.lastOrder != null && now - moment(stats.lastOrder) > days(60)',
      aggregates: { lastOrder: { event: 'order.placed', of: 'last' } },
    });
    const member = (events: ReturnType<typeof order>[]) => isMember(silent, contact(), stats(silent, events, now), now);
    expect(member([order(90)])).toBe(true);
    expect(member([order(90), order(10)])).toBe(false);
    expect(member([])).toBe(false);
  });

  it('is not given by a condition that cannot be answered', () => {
    expect(isMember(segment({ when: 'contact.attributes.plan == "pro"' }), contact(), {}, now)).toBe(false);
    expect(isMember(segment({ when: '!(contact.attributes.plan == "pro")' }), contact(), {}, now)).toBe(false);
  });

  it('tells of a condition that fails otherwise', () => {
    const told: unknown[] = [];
    const ask = (when: string) => isMember(segment({ when }), contact(), {}, now, {}, (failed) => told.push(failed));
    expect(ask('contact.attributes.plan == "pro"')).toBe(false);
    expect(told).toEqual([]);
    expect(ask('contact.language > 5')).toBe(false);
    expect(told).toMatchObject([{ when: 'contact.language > 5', code: 'CONDITION_FAILED' }]);
  });

  it('without a condition is what it was made', () => {
    expect(isMember(segment({ key: 'customers' }), contact(), {}, now)).toBe(true);
    expect(isMember(segment({}), contact(), {}, now)).toBe(false);
  });
});
