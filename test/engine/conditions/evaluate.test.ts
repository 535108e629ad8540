import { describe, expect, it } from 'vitest';
import { evaluate, holds } from '../../../engine/conditions/evaluate.ts';
import type { Json } from '../../../engine/json.ts';
import { event, now, values } from './values.ts';

function answer(text: string, over: Parameters<typeof values>[0] = {}): unknown {
  const result = evaluate(text, values(over));
  return result.ok ? result.value : result.code;
}

describe('numbers', () => {
  const totals: [Json, string, unknown][] = [
    [5000, 'event.total >= 1000', true],
    [5000.5, 'event.total >= 1000', true],
    [1000, 'event.total == 1000', true],
    [1000, 'event.total != 1000.0', false],
    [1000, '1000 == event.total', true],
    [1000, 'event.total in [1000, 2000]', true],
    [1000, 'event.total + 1 == 1001', true],
    [1000.5, '1 + event.total == 1001.5', true],
    [5, 'event.total / 2', 2.5],
    [5, 'event.total % 2 == 1', true],
    [5, '-event.total < 0', true],
    [5, 'event.total * 2 - 1.5', 8.5],
    [5, 'event.total > 5 ? 1 : 2', 2],
    [2, '["a", "b", "c"][event.total]', 'c'],
    [5, '{"a": event.total, "b": 2}', { a: 5, b: 2 }],
  ];
  it.each(totals)('event.total = %j: %s', (total, text, expected) => {
    expect(answer(text, { event: event({ total }) })).toEqual(expected);
  });

  it('follow CEL in literals alone', () => {
    expect(answer('5 / 2')).toBe(2);
    expect(answer('1 == 1.0 && 1.5 > 1 && 1 + 1.5 == 2.5')).toBe(true);
    expect(answer('[1, 2.5][1] == 2.5')).toBe(true);
  });

  it('fail when they are not finite, or too great to be exact', () => {
    expect(answer('event.total / 0', { event: event({ total: 1 }) })).toBe('CONDITION_FAILED');
    expect(answer('9007199254740993')).toBe('CONDITION_FAILED');
    expect(answer('1 / 0')).toBe('CONDITION_FAILED');
  });
});

describe('absent and null', () => {
  it('a missing field is a failure that names the path and the cure', () => {
    const result = evaluate('contact.attributes.plan == "pro"', values());
    expect(result).toEqual({
      ok: false,
      code: 'CONDITION_FIELD_MISSING',
      message: 'contact.attributes.plan is missing; ask has(contact.attributes.plan) first',
    });
    expect(answer('contact.attributes.plan == null')).toBe('CONDITION_FIELD_MISSING');
    expect(answer('contact.owner == "olga"')).toBe('CONDITION_FIELD_MISSING');
    expect(answer('event.total > 1')).toBe('CONDITION_FIELD_MISSING');
  });

  it('has() and optional fields ask first', () => {
    expect(answer('has(contact.attributes.plan)')).toBe(false);
    expect(answer('has(contact.attributes.city) && contact.attributes.city == "Moscow"')).toBe(true);
    expect(answer('contact.?attributes.?plan.orValue("free") == "free"')).toBe(true);
    expect(answer('contact.attributes.?visits.orValue(0) > 2')).toBe(true);
    expect(answer('has(contact.owner) && contact.owner == "olga"')).toBe(false);
  });

  it('a null that is there equals null', () => {
    expect(answer('event.coupon == null', { event: event({ coupon: null }) })).toBe(true);
    expect(answer('event.coupon != null', { event: event({ coupon: 'X' }) })).toBe(true);
  });

  it('the side that settles && or || needs no other', () => {
    expect(answer('contact.language == "ru" || contact.attributes.plan == "pro"')).toBe(true);
    expect(answer('contact.attributes.plan == "pro" && contact.language == "en"')).toBe(false);
  });

  it('sees own fields only: no way to the program beneath (n8n CVE-2025-68613)', () => {
    for (const text of [
      'contact.constructor.constructor("return process")()',
      '"a".constructor.constructor == null',

      'contact.constructor',
      'contact.attributes.__proto__',
      'event.toString',
      '"a".constructor',
      'now.getTime',
    ]) {
      const result = evaluate(text, values({ event: event() }));
      expect(result.ok, text).toBe(false);
    }
  });
});

describe('names', () => {
  it('event and trigger are their data, with name and occurredAt unless shadowed', () => {
    const placed = event({ orderId: 'o1' }, { name: 'order.placed' });
    const over = { event: placed, trigger: event({ orderId: 'o1', name: 'mine' }) };
    expect(answer('event.orderId == trigger.orderId', over)).toBe(true);
    expect(answer('event.name', over)).toBe('order.placed');
    expect(answer('trigger.name', over)).toBe('mine');
    expect(answer('event.occurredAt <= now', over)).toBe(true);
  });

  it('vars, deal, ticket and stats are as given', () => {
    const over = {
      vars: { answer: { status: 200 } },
      deal: { stage: 'won' },
      stats: { orders: 2, lastOrder: now - 1 },
    };
    expect(answer('vars.answer.status == 200 && deal["stage"] == "won" && stats.orders >= 2', over)).toBe(true);
    expect(answer('now - moment(stats.lastOrder) < days(1)', over)).toBe(true);
  });

  it('lists of data can be searched', () => {
    const over = {
      event: event({
        items: [
          { sku: 'a', price: 10 },
          { sku: 'b', price: 20.5 },
        ],
      }),
    };
    expect(answer('"customers" in contact.segments', over)).toBe(true);
    expect(answer('event.items.exists(i, i.price > 20)', over)).toBe(true);
    expect(answer('event.items.all(i, i.sku in ["a", "b"])', over)).toBe(true);
    expect(answer('size(event.items.filter(i, i.price + 1 > 11)) == 1', over)).toBe(true);
    expect(answer('event.items.map(i, i.sku)', over)).toEqual(['a', 'b']);
  });
});

describe('time', () => {
  it('knows business hours, in the calendar’s zone', () => {
    expect(answer('isOpen("office", now)')).toBe(true);
    expect(answer('isOpen("office", now)', { now: Date.parse('2026-03-02T15:00:00Z') })).toBe(false);
    expect(evaluate('isOpen("nowhere", now)', values())).toMatchObject({
      code: 'CONDITION_FAILED',
      message: 'there is no calendar "nowhere"',
    });
  });

  it('gives local date parts in a zone, over its DST changes', () => {
    expect(answer('hour(now, contact.timezone)')).toBe(12);
    expect(answer('weekday(now, "Europe/Moscow") == "mon" && date(now, "Europe/Moscow") == "2026-03-02"')).toBe(true);
    expect(answer('[year(now, "UTC"), month(now, "UTC"), day(now, "UTC"), minute(now, "UTC")]')).toEqual([
      2026, 3, 2, 0,
    ]);
    const summer = Date.parse('2026-03-29T01:30:00Z');
    expect(answer('hour(now, "Europe/Berlin")', { now: summer })).toBe(3);
    expect(answer('hour(now, "Mars/Base")')).toBe('CONDITION_FAILED');
  });

  it('counts with durations and moments', () => {
    expect(answer('now - contact.createdAt > days(30)')).toBe(true);
    expect(answer('now - contact.createdAt > days(40.5)')).toBe(false);
    expect(answer('moment("2026-03-01") + hours(33) == now')).toBe(true);
    expect(answer('now - minutes(30)')).toBe('2026-03-02T08:30:00.000Z');
    expect(answer('moment("tomorrow")')).toBe('CONDITION_FAILED');
  });
});

describe('the answer to why', () => {
  it('keeps the paths that were looked at with their values', () => {
    const result = holds(
      'event.total >= 1000 && contact.score.class in ["warm", "hot"] && !has(contact.attributes.plan) && event.items.all(i, i > 0)',
      values({ event: event({ total: 5000, items: Array.from({ length: 50 }, () => 1) }) }),
    );
    expect(result).toEqual({
      ok: true,
      value: true,
      read: {
        'event.total': 5000,
        'contact.score.class': 'warm',
        'contact.attributes.plan': null,
        'event.items': '(list of 50)',
      },
    });
  });

  it('tells a time as ISO 8601', () => {
    expect(evaluate('now > contact.createdAt', values())).toMatchObject({
      read: { now: '2026-03-02T09:00:00.000Z', 'contact.createdAt': '2026-01-21T09:00:00.000Z' },
    });
  });
});

describe('holds', () => {
  it('takes only true and false', () => {
    expect(holds('1 + 1', values())).toMatchObject({ ok: false, code: 'CONDITION_FAILED' });
    expect(holds('contact.attributes.visits > 1', values())).toMatchObject({ ok: true, value: true });
  });
});
