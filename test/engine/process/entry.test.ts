import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { entryKeyOf, mayEnter, type PastEntry } from '../../../engine/process/entry.ts';
import { triggeredBy } from '../../../engine/process/triggers.ts';
import { anna, end, monday, processOf } from './journey.ts';

const day = 86_400_000;
const withEntry = (entry: JsonObject) => processOf([end('over')], { entry });
const past = (daysAgo: number, more: Partial<PastEntry> = {}): PastEntry => {
  return { startedAt: monday - daysAgo * day, active: false, entryKey: '', ...more };
};
const enter = (entry: JsonObject, before: PastEntry[], key = '', contact = anna) =>
  mayEnter(withEntry(entry), before, contact, key, monday);

describe('Re-entry', () => {
  it('lets a subject in that has never been in', () => {
    expect(enter({}, [])).toEqual({ ok: true });
  });

  it('never lets it in twice at once, after-exit lets it in again', () => {
    expect(enter({}, [past(1, { active: true })])).toEqual({ ok: false, reason: 'active' });
    expect(enter({}, [past(1)])).toEqual({ ok: true });
  });

  it('never: lets it in once', () => {
    expect(enter({ reentry: 'never' }, [past(400)])).toEqual({ ok: false, reason: 'never-again' });
  });

  it('always: lets it in while another instance is active, but one only per key', () => {
    const before = [past(1, { active: true, entryKey: 'order-1' })];
    expect(enter({ reentry: 'always' }, [past(1, { active: true })])).toEqual({ ok: true });
    expect(enter({ reentry: 'always', key: 'event.orderId' }, before, 'order-2')).toEqual({ ok: true });
    expect(enter({ reentry: 'always', key: 'event.orderId' }, before, 'order-1')).toEqual({
      ok: false,
      reason: 'active',
    });
  });

  it('counts minInterval from the start of the last entry', () => {
    const before = [past(30), past(7)];
    expect(enter({ minInterval: 'P7D' }, before)).toEqual({ ok: true });
    expect(enter({ minInterval: 'P8D' }, before)).toEqual({ ok: false, reason: 'min-interval' });
  });

  it('bounds the entries', () => {
    expect(enter({ maxEntries: 2 }, [past(9), past(8)])).toEqual({ ok: false, reason: 'max-entries' });
    expect(enter({ maxEntries: 3 }, [past(9), past(8)])).toEqual({ ok: true });
  });

  it('keeps members of a suppression segment out', () => {
    const contact = { ...anna, segments: ['employees'] };
    expect(enter({ suppress: ['employees'] }, [], '', contact)).toEqual({ ok: false, reason: 'suppressed' });
  });

  it('computes the entry key from the event', () => {
    const event = { id: 'e', name: 'test.began', occurredAt: monday, seq: 1, data: { orderId: 'order-1', n: 7 } };
    const values = { contact: anna, now: monday, calendars: {}, event, trigger: event };
    expect(entryKeyOf(withEntry({ reentry: 'always', key: 'event.orderId' }), values)).toEqual({
      ok: true,
      key: 'order-1',
    });
    expect(entryKeyOf(withEntry({ reentry: 'always', key: 'event.n' }), values)).toEqual({ ok: true, key: '7' });
    expect(entryKeyOf(withEntry({ reentry: 'always', key: 'event.gone' }), values)).toMatchObject({ ok: false });
    expect(entryKeyOf(withEntry({}), values)).toEqual({ ok: true, key: '' });
  });
});

describe('Triggers', () => {
  const starts = (trigger: JsonObject, name: string, data: JsonObject = {}) => {
    const event = { id: 'e', name, occurredAt: monday, seq: 1, data };
    return (
      triggeredBy(processOf([end('over')], { triggers: [trigger] }), event, {
        contact: anna,
        now: monday,
        calendars: {},
      }) !== null
    );
  };

  it('are events, narrowed by a condition', () => {
    const trigger = { on: 'event', event: 'cart.abandoned', when: 'event.total >= 1000' };
    expect(starts(trigger, 'cart.abandoned', { total: 1000 })).toBe(true);
    expect(starts(trigger, 'cart.abandoned', { total: 999 })).toBe(false);
    expect(starts(trigger, 'cart.abandoned')).toBe(false);
    expect(starts(trigger, 'order.placed', { total: 1000 })).toBe(false);
  });

  it('are changes of a field, from and to', () => {
    const changed = { changes: [{ field: 'attributes.plan', from: 'free', to: 'pro' }] };
    const trigger = { on: 'change', field: 'contact.attributes.plan', to: 'pro' };
    expect(starts(trigger, 'contact.changed', changed)).toBe(true);
    expect(starts({ ...trigger, from: 'trial' }, 'contact.changed', changed)).toBe(false);
    expect(starts({ ...trigger, field: 'contact.company' }, 'contact.changed', changed)).toBe(false);
    expect(
      starts({ ...trigger, field: 'deal.stage', to: 'won' }, 'deal.changed', {
        changes: [{ field: 'stage', from: 'new', to: 'won' }],
      }),
    ).toBe(true);
  });

  it('are segments entered or left', () => {
    expect(starts({ on: 'segment', segment: 'silent' }, 'segment.entered', { segment: 'silent' })).toBe(true);
    expect(starts({ on: 'segment', segment: 'silent' }, 'segment.left', { segment: 'silent' })).toBe(false);
    expect(starts({ on: 'segment', segment: 'silent', change: 'left' }, 'segment.left', { segment: 'silent' })).toBe(
      true,
    );
  });

  it('that name their process are no events', () => {
    expect(starts({ on: 'api' }, 'process.enrolled', {})).toBe(false);
  });
});
