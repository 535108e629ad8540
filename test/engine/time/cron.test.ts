import { describe, expect, it } from 'vitest';
import { checkCron, nextCron } from '../../../engine/time/cron.ts';
import { iso } from './calendar.ts';

function runs(expression: string, zone: string, after: string, count: number): (string | null)[] {
  const found: (string | null)[] = [];
  let at: number | null = Date.parse(after);
  for (let i = 0; i < count && at !== null; i++) {
    at = nextCron(expression, zone, at);
    found.push(iso(at));
  }
  return found;
}

describe('nextCron', () => {
  it('runs by the wall clock of the zone, before and after a change', () => {
    expect(runs('0 9 * * 1-5', 'Europe/London', '2026-03-27T09:00:00Z', 2)).toEqual([
      '2026-03-30T08:00:00Z',
      '2026-03-31T08:00:00Z',
    ]);
    expect(runs('30 10 1 * *', 'Europe/Moscow', '2026-03-02T00:00:00Z', 1)).toEqual(['2026-04-01T07:30:00Z']);
  });

  it('is after the given instant, also within a second of it', () => {
    expect(runs('0 9 * * *', 'UTC', '2026-03-02T08:59:59.999Z', 1)).toEqual(['2026-03-02T09:00:00Z']);
    expect(runs('0 9 * * *', 'UTC', '2026-03-02T09:00:00.001Z', 1)).toEqual(['2026-03-03T09:00:00Z']);
  });

  it('a job in a gap runs once, later by the gap', () => {
    expect(runs('30 1 * * *', 'Europe/London', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:30:00Z',
      '2026-03-30T00:30:00Z',
    ]);
    expect(runs('30 1 * * *', 'Europe/London', '2026-03-29T01:10:00Z', 1)).toEqual(['2026-03-29T01:30:00Z']);
  });

  it('moved times and their neighbours run in order, none twice and none left out', () => {
    // Lord Howe goes from 02:00 to 02:30.
    expect(runs('10,35 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00:00Z', 3)).toEqual([
      '2026-10-03T15:35:00Z',
      '2026-10-03T15:40:00Z',
      '2026-10-04T15:10:00Z',
    ]);
    expect(runs('0,30 * * * *', 'Europe/London', '2026-03-29T00:00:00Z', 4)).toEqual([
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00Z',
      '2026-03-29T01:30:00Z',
      '2026-03-29T02:00:00Z',
    ]);
  });

  it('camunda#11302: a monthly job in an hour that happens twice runs once', () => {
    expect(runs('30 1 25 * *', 'Europe/London', '2026-10-01T00:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-11-25T01:30:00Z',
    ]);
    expect(runs('0 * * * *', 'Europe/London', '2026-10-24T23:30:00Z', 3)).toEqual([
      '2026-10-25T00:00:00Z',
      '2026-10-25T02:00:00Z',
      '2026-10-25T03:00:00Z',
    ]);
  });

  it('of a day that never comes is null', () => {
    expect(nextCron('0 9 30 2 *', 'UTC', 0)).toBeNull();
    expect(nextCron('0 9 29 2 *', 'UTC', Date.parse('2026-03-02T00:00Z'))).toBe(Date.parse('2028-02-29T09:00Z'));
  });
});

describe('checkCron', () => {
  it('takes what nextCron takes', () => {
    for (const fine of ['0 9 * * *', '*/15 9-17 * * mon-fri', '0 0 1 1 *', '0 9 29 2 *', '0 9 L * *'])
      expect(checkCron(fine)).toBeNull();
  });

  it('says what is wrong and what would be right', () => {
    expect(checkCron('61 * * * *')).toMatch(/minute: 61; write minute, hour, day, month and weekday/);
    expect(checkCron('0 9 30 2 *')).toMatch(/never comes/);
    for (const wrong of ['', 'daily', '0 9 * *', '0 0 9 * * *', '0 9 * * funday'])
      expect(checkCron(wrong)).toMatch(/such as "0 9 \* \* 1-5"/);
  });
});
