import { describe, expect, it } from 'vitest';
import { addDuration, durationMs } from '../../../engine/time/duration.ts';
import { hour, iso } from './calendar.ts';

const add = (at: string, duration: string, zone = 'UTC') => iso(addDuration(Date.parse(at), duration, zone));

describe('addDuration', () => {
  it('P1D over a change of the clock is 23 or 25 hours, PT24H never', () => {
    expect(add('2026-03-07T17:00:00Z', 'P1D', 'America/New_York')).toBe('2026-03-08T16:00:00Z');
    expect(add('2026-10-31T16:00:00Z', 'P1D', 'America/New_York')).toBe('2026-11-01T17:00:00Z');
    expect(add('2026-03-07T17:00:00Z', 'PT24H', 'America/New_York')).toBe('2026-03-08T17:00:00Z');
    expect(add('2026-10-31T16:00:00Z', 'PT24H', 'America/New_York')).toBe('2026-11-01T16:00:00Z');
  });

  it('a day that ends in a gap moves forward by it, one that ends in a repeated hour takes the first', () => {
    expect(add('2026-03-28T01:30:00Z', 'P1D', 'Europe/London')).toBe('2026-03-29T01:30:00Z');
    expect(add('2026-10-24T00:30:00Z', 'P1D', 'Europe/London')).toBe('2026-10-25T00:30:00Z');
  });

  it('mautic#11602: a wait begun before a fall-back ends at its local time after it, not an hour later', () => {
    expect(add('2021-10-24T17:00:00Z', 'P15D', 'America/New_York')).toBe('2021-11-08T18:00:00Z');
    expect(add('2021-10-24T17:00:00Z', 'P14DT20H', 'America/New_York')).toBe('2021-11-08T14:00:00Z');
  });

  it('a month too short for the day gives its last day', () => {
    expect(add('2026-01-31T12:00:00Z', 'P1M')).toBe('2026-02-28T12:00:00Z');
    expect(add('2024-02-29T12:00:00Z', 'P1Y')).toBe('2025-02-28T12:00:00Z');
    expect(add('2026-03-31T12:00:00Z', '-P1M')).toBe('2026-02-28T12:00:00Z');
    expect(add('2026-11-30T12:00:00Z', 'P1Y3M')).toBe('2028-02-29T12:00:00Z');
  });

  it('adds the months first, then weeks and days, then the exact time', () => {
    expect(add('2026-01-31T12:00:00Z', 'P1M1W1DT1H2M3S')).toBe('2026-03-08T13:02:03Z');
    expect(add('2026-03-07T17:00:00Z', 'P1DT1H', 'America/New_York')).toBe('2026-03-08T17:00:00Z');
  });

  it('a duration of hours needs no zone, so a wait of hours works for a contact of any zone', () => {
    expect(addDuration(0, 'PT1H30M', 'Europe/Nowhere')).toBe(1.5 * hour);
    expect(() => addDuration(0, 'P1D', 'Europe/Nowhere')).toThrow(RangeError);
  });

  it('a duration of no days leaves the second of two equal local times alone', () => {
    expect(add('2026-10-25T01:30:00Z', 'P0D', 'Europe/London')).toBe('2026-10-25T01:30:00Z');
  });

  it('takes a sign', () => {
    expect(add('2026-03-08T16:00:00Z', '-P1D', 'America/New_York')).toBe('2026-03-07T17:00:00Z');
    expect(add('2026-03-08T16:00:00Z', '+PT1H')).toBe('2026-03-08T17:00:00Z');
  });

  it('refuses what is no duration, naming it', () => {
    for (const text of ['', 'P', 'PT', '1h', 'P1H', 'PT1D', 'P1.5D', '--P1D', 'P1DT', ' P1D']) {
      expect(() => addDuration(0, text, 'UTC')).toThrow(`"${text}" is no ISO 8601 duration`);
    }
  });
});

describe('durationMs', () => {
  it('has days of 24 hours, months of 30 days and years of 365', () => {
    expect(durationMs('PT1H2M3S')).toBe(3_723_000);
    expect(durationMs('P1D')).toBe(24 * hour);
    expect(durationMs('P1W')).toBe(7 * 24 * hour);
    expect(durationMs('P1M')).toBe(30 * 24 * hour);
    expect(durationMs('P1Y')).toBe(365 * 24 * hour);
    expect(durationMs('P1Y6M')).toBe((365 + 180) * 24 * hour);
    expect(durationMs('-P1DT1H')).toBe(-25 * hour);
  });
});
