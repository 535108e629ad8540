import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveUntil, type UntilQuestion } from '../../../engine/time/until.ts';
import { calendar, iso, office } from './calendar.ts';

function until(question: Partial<Omit<UntilQuestion, 'now'>> & { now?: string }): string | null {
  const answer = resolveUntil({
    value: null,
    zone: 'Europe/London',
    ...question,
    now: Date.parse(question.now ?? '2026-03-02T12:00Z'),
  });
  return answer.kind === 'at' ? iso(answer.at) : answer.kind;
}

describe('the value of a field', () => {
  it('without a time is midnight in the zone, or the time asked for', () => {
    expect(until({ value: '2026-06-15' })).toBe('2026-06-14T23:00:00Z');
    expect(until({ value: '2026-06-15', at: '10:00' })).toBe('2026-06-15T09:00:00Z');
    expect(until({ value: '2026-06-15', at: '10:00', zone: 'Europe/Moscow' })).toBe('2026-06-15T07:00:00Z');
  });

  it('with a time keeps it, in its own zone or else in the contact’s', () => {
    expect(until({ value: '2026-06-15T18:30', at: '10:00' })).toBe('2026-06-15T17:30:00Z');
    expect(until({ value: '2026-06-15 18:30:15' })).toBe('2026-06-15T17:30:15Z');
    expect(until({ value: '2026-06-15T18:30:00Z', at: '10:00' })).toBe('2026-06-15T18:30:00Z');
    expect(until({ value: '2026-06-15T18:30:00.000+03:00' })).toBe('2026-06-15T15:30:00Z');
    expect(until({ value: '2026-06-15T18:30:00-0330' })).toBe('2026-06-15T22:00:00Z');
  });

  it('may be epoch milliseconds', () => {
    expect(until({ value: Date.parse('2026-06-15T18:30Z') })).toBe('2026-06-15T18:30:00Z');
  });

  it('that is past is told as it is: what follows is the step’s decision', () => {
    expect(until({ value: '2020-01-01' })).toBe('2020-01-01T00:00:00Z');
  });

  it('that is absent is missing, that is no date is invalid', () => {
    for (const value of [undefined, null, '']) expect(until({ value })).toBe('missing');
    for (const value of ['soon', '2026-02-30', '2026-13-01', '2026-06-15T25:00', '15.06.2026', true, {}, [], 1e300]) {
      expect(until({ value })).toBe('invalid');
    }
  });

  it('of any kind and text throws nothing into a decision', () => {
    const digits = fc.stringMatching(/^\d{4}-[0-3]\d-[0-3]\d([T ][0-2]\d:[0-6]\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?$/);
    const value = fc.oneof(digits, fc.string(), fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(value, fc.boolean(), (value, yearly) => {
        const answer = resolveUntil({ value, yearly, zone: 'America/New_York', now: Date.parse('2026-03-02T12:00Z') });
        expect(answer.kind !== 'at' || Number.isFinite(answer.at)).toBe(true);
      }),
      { seed: 7, numRuns: 3000 },
    );
  });
});

describe('an offset', () => {
  it('of days keeps the local time over a change of the clock, of hours does not', () => {
    expect(until({ value: '2026-03-30', at: '10:00', offset: '-P3D' })).toBe('2026-03-27T10:00:00Z');
    expect(until({ value: '2026-03-30', at: '10:00', offset: '-PT72H' })).toBe('2026-03-27T09:00:00Z');
    expect(until({ value: '2026-03-30T09:00:00Z', offset: '-P3D' })).toBe('2026-03-27T10:00:00Z');
    expect(until({ value: '2026-03-27', at: '10:00', offset: '+P1W' })).toBe('2026-04-03T09:00:00Z');
  });

  it('is not bent by a gap on the date that it leaves', () => {
    expect(until({ value: '2026-03-29', at: '01:30', offset: '-P1D' })).toBe('2026-03-28T01:30:00Z');
  });

  it('of hours keeps the second of two equal local times', () => {
    expect(until({ value: '2026-10-25T01:30:00Z', offset: 'PT0S' })).toBe('2026-10-25T01:30:00Z');
  });
});

describe('an anniversary', () => {
  it('is the next one', () => {
    expect(until({ value: '1990-06-15', yearly: true, at: '10:00' })).toBe('2026-06-15T09:00:00Z');
    expect(until({ value: '1990-01-15', yearly: true, at: '10:00' })).toBe('2027-01-15T10:00:00Z');
    expect(until({ value: '1990-03-02', yearly: true, at: '12:00' })).toBe('2026-03-02T12:00:00Z');
    expect(until({ value: '1990-03-02', yearly: true, at: '11:59' })).toBe('2027-03-02T11:59:00Z');
  });

  it('is not lost where New Year comes later than in UTC', () => {
    const eve = { value: '1990-12-31', yearly: true, at: '22:00', zone: 'America/New_York' };
    expect(until({ ...eve, now: '2027-01-01T02:00Z' })).toBe('2027-01-01T03:00:00Z');
  });

  it('of a date to come is that date, not one before it', () => {
    expect(until({ value: '2028-06-15', yearly: true })).toBe('2028-06-14T23:00:00Z');
  });

  it('on 29 February is the 28th in common years', () => {
    expect(until({ value: '2000-02-29', yearly: true, now: '2026-01-01T00:00Z' })).toBe('2026-02-28T00:00:00Z');
    expect(until({ value: '2000-02-29', yearly: true, now: '2027-12-01T00:00Z' })).toBe('2028-02-29T00:00:00Z');
  });

  it('is looked for with its offset, also over New Year', () => {
    expect(until({ value: '1990-03-04', yearly: true, offset: '-P3D' })).toBe('2027-03-01T00:00:00Z');
    expect(until({ value: '1990-12-30', yearly: true, offset: 'P5D', now: '2026-01-02T00:00Z' })).toBe(
      '2026-01-04T00:00:00Z',
    );
    expect(until({ value: '1990-01-02', yearly: true, offset: '-P5D', now: '2026-12-20T00:00Z' })).toBe(
      '2026-12-28T00:00:00Z',
    );
  });
});

describe('a date in closed time', () => {
  const cal = calendar({ timezone: 'Europe/London', hours: office });
  // 6 June 2026 is a Saturday.
  const saturday = { value: '2026-06-06', at: '10:00', calendar: cal };

  it('rolls forward to the opening or back to the closing', () => {
    expect(until(saturday)).toBe('2026-06-08T08:00:00Z');
    expect(until({ ...saturday, roll: 'forward' })).toBe('2026-06-08T08:00:00Z');
    expect(until({ ...saturday, roll: 'back' })).toBe('2026-06-05T17:00:00Z');
  });

  it('does not move when it is open', () => {
    for (const roll of ['forward', 'back'] as const) {
      expect(until({ ...saturday, value: '2026-06-05', roll })).toBe('2026-06-05T09:00:00Z');
    }
  });

  it('rolls after the offset, and the next year when that puts an anniversary into the past', () => {
    expect(until({ ...saturday, value: '2026-06-09', offset: '-P3D', roll: 'back' })).toBe('2026-06-05T17:00:00Z');
    const anniversary = { value: '1990-06-06', at: '10:00', yearly: true, calendar: cal, roll: 'back' } as const;
    expect(until({ ...anniversary, now: '2026-06-05T18:00Z' })).toBe('2027-06-04T17:00:00Z');
  });

  it('says so when the calendar never opens', () => {
    expect(until({ ...saturday, calendar: calendar({}) })).toBe('never-open');
    expect(until({ ...saturday, yearly: true, calendar: calendar({}) })).toBe('never-open');
  });
});
