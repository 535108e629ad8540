import { describe, expect, it } from 'vitest';
import { nextTimeOfDay, type TimeOfDay } from '../../../engine/time/next.ts';
import { localParts } from '../../../engine/time/zone.ts';
import { iso } from './calendar.ts';

const next = (now: string, time: TimeOfDay) => iso(nextTimeOfDay(time, Date.parse(now)));

describe('nextTimeOfDay', () => {
  it('is today when it is still to come, else tomorrow, in the zone', () => {
    const nine: TimeOfDay = { at: '09:00', zone: 'Europe/Moscow' };
    expect(next('2026-03-02T05:59:59Z', nine)).toBe('2026-03-02T06:00:00Z');
    expect(next('2026-03-02T06:00:01Z', nine)).toBe('2026-03-03T06:00:00Z');
    expect(next('2026-03-02T22:00:00Z', nine)).toBe('2026-03-03T06:00:00Z');
  });

  it('is never now, or a loop over it would run away', () => {
    expect(next('2026-03-02T09:00:00Z', { at: '09:00', zone: 'UTC' })).toBe('2026-03-03T09:00:00Z');
  });

  it('waits for the weekday', () => {
    const monday: TimeOfDay = { at: '09:00', weekday: 'mon', zone: 'UTC' };
    expect(next('2026-03-02T08:00:00Z', monday)).toBe('2026-03-02T09:00:00Z');
    expect(next('2026-03-02T09:00:00Z', monday)).toBe('2026-03-09T09:00:00Z');
    expect(next('2026-03-04T09:00:00Z', { ...monday, weekday: 'sun' })).toBe('2026-03-08T09:00:00Z');
  });

  it('mautic#11602: comes once a day over a fall-back, not again each hour', () => {
    const half: TimeOfDay = { at: '01:30', zone: 'America/New_York' };
    const dates: string[] = [];
    let at = Date.parse('2021-11-05T12:00:00Z');
    for (let i = 0; i < 4; i++) {
      at = nextTimeOfDay(half, at);
      dates.push(`${localParts(at, half.zone).date} ${iso(at)}`);
    }
    expect(dates).toEqual([
      '2021-11-06 2021-11-06T05:30:00Z',
      '2021-11-07 2021-11-07T05:30:00Z',
      '2021-11-08 2021-11-08T06:30:00Z',
      '2021-11-09 2021-11-09T06:30:00Z',
    ]);
  });

  it('a skipped time moves forward by the gap, also out of its day', () => {
    expect(next('2026-03-29T00:00:00Z', { at: '01:30', zone: 'Europe/London' })).toBe('2026-03-29T01:30:00Z');
    // Nuuk goes from Saturday 23:00 to Sunday 00:00; it is 00:10 there.
    const nuuk: TimeOfDay = { at: '23:30', zone: 'America/Nuuk' };
    expect(next('2026-03-29T01:10:00Z', nuuk)).toBe('2026-03-29T01:30:00Z');
    expect(next('2026-03-29T01:30:00Z', nuuk)).toBe('2026-03-30T00:30:00Z');
  });

  it('refuses a time that does not exist', () => {
    expect(() => nextTimeOfDay({ at: '9:00', zone: 'UTC' }, 0)).toThrow('"9:00" is no time of day');
    expect(() => nextTimeOfDay({ at: '24:00', zone: 'UTC' }, 0)).toThrow(RangeError);
  });
});
