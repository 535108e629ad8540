import { describe, expect, it } from 'vitest';
import { atLocal, localParts } from '../../../engine/time/zone.ts';
import { iso } from './calendar.ts';

describe('a local time', () => {
  it('that a change of the clock skips moves forward by the gap', () => {
    expect(iso(atLocal('2026-03-29', '01:30', 'Europe/London'))).toBe('2026-03-29T01:30:00Z');
    expect(iso(atLocal('2026-10-04', '02:10', 'Australia/Lord_Howe'))).toBe('2026-10-03T15:40:00Z');
    expect(localParts(atLocal('2026-10-04', '02:10', 'Australia/Lord_Howe'), 'Australia/Lord_Howe')).toMatchObject({
      hour: 2,
      minute: 40,
    });
  });

  it('that happens twice means the first', () => {
    expect(iso(atLocal('2026-10-25', '01:30', 'Europe/London'))).toBe('2026-10-25T00:30:00Z');
    expect(iso(atLocal('2026-11-01', '01:30', 'America/New_York'))).toBe('2026-11-01T05:30:00Z');
    expect(iso(atLocal('2014-10-26', '01:30', 'Europe/Moscow'))).toBe('2014-10-25T21:30:00Z');
  });

  it('on a day that a zone left out is the same time of the next day', () => {
    expect(iso(atLocal('2011-12-30', '12:00', 'Pacific/Apia'))).toBe('2011-12-30T22:00:00Z');
    expect(localParts(atLocal('2011-12-30', '12:00', 'Pacific/Apia'), 'Pacific/Apia').date).toBe('2011-12-31');
  });

  it('is refused when it does not exist in any zone', () => {
    expect(() => atLocal('2026-02-30', '12:00', 'UTC')).toThrow(/2026-02-30 12:00/);
    expect(() => atLocal('2026-02-28', '25:00', 'UTC')).toThrow(RangeError);
    expect(() => atLocal('2026-02-28', '12:00', 'Europe/Nowhere')).toThrow(RangeError);
  });
});

describe('localParts', () => {
  it('reads the wall clock of the zone', () => {
    expect(localParts(Date.parse('2026-03-02T21:30:15.900Z'), 'Asia/Kathmandu')).toEqual({
      year: 2026,
      month: 3,
      day: 3,
      hour: 3,
      minute: 15,
      second: 15,
      weekday: 'tue',
      date: '2026-03-03',
    });
  });

  it('knows offsets of a quarter of an hour, and those with seconds of old', () => {
    expect(localParts(Date.parse('2026-06-01T00:00Z'), 'Pacific/Chatham')).toMatchObject({ hour: 12, minute: 45 });
    expect(localParts(Date.parse('1970-01-01T00:00Z'), 'Africa/Monrovia')).toMatchObject({
      hour: 23,
      minute: 15,
      second: 30,
      weekday: 'wed',
    });
  });
});
