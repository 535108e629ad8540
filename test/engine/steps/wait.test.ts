import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { calendarSchema } from '../../../engine/schema/calendar.ts';
import { processSchema } from '../../../engine/schema/index.ts';
import { end, Journey, type JourneyOptions, processOf } from '../process/journey.ts';

const at = (text: string) => Date.parse(text);
const begin = (step: JsonObject, options?: JourneyOptions) =>
  Journey.begin(processOf([{ id: 'w', type: 'wait', ...step }, end('over')]), options);
const deadline = (step: JsonObject, options?: JourneyOptions) => begin(step, options).last.deadline;

const office = calendarSchema.parse({
  kind: 'calendar',
  key: 'office',
  name: 'Office',
  timezone: 'UTC',
  hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '18:00' }]])),
});
const library = { calendars: { office } };

describe('Time: wait for', () => {
  it('keeps the local time of day over a DST change with days, never with hours', () => {
    const options = { start: at('2026-03-28T12:00:00+01:00'), contact: { timezone: 'Europe/Berlin' } };
    expect(deadline({ for: 'P1D' }, options)).toBe(at('2026-03-29T12:00:00+02:00'));
    expect(deadline({ for: 'PT24H' }, options)).toBe(at('2026-03-29T13:00:00+02:00'));
  });

  it('takes the zone of the contact, then of the definition, then of the company', () => {
    const start = at('2026-03-28T12:00:00Z');
    const zoned = processOf([{ id: 'w', type: 'wait', for: 'P1D' }], { settings: { timezone: 'Europe/Berlin' } });
    const berlin = at('2026-03-29T11:00:00Z');
    expect(Journey.begin(zoned, { start, contact: { timezone: 'UTC' } }).last.deadline).toBe(
      at('2026-03-29T12:00:00Z'),
    );
    expect(Journey.begin(zoned, { start, contact: { timezone: undefined } }).last.deadline).toBe(berlin);
    expect(deadline({ for: 'P1D' }, { start, contact: { timezone: undefined } })).toBe(at('2026-03-29T12:00:00Z'));
  });

  it('goes on at once after no time at all', () => {
    expect(begin({ for: 'PT0S' }).last.outcome).toBe('over');
  });

  it('counts open minutes with a calendar; a deadline on closing time is that instant', () => {
    const start = at('2026-03-06T17:00:00Z');
    expect(deadline({ for: 'PT1H', calendar: 'office' }, { start, library })).toBe(at('2026-03-06T18:00:00Z'));
    expect(deadline({ for: 'PT2H', calendar: 'office' }, { start, library })).toBe(at('2026-03-09T10:00:00Z'));
  });

  it('is an incident where the calendar is missing', () => {
    expect(begin({ for: 'PT1H', calendar: 'office' }).state.tokens[0]?.incident).toMatchObject({
      code: 'CALENDAR_NOT_FOUND',
    });
  });
});

describe('wait at', () => {
  it('takes the next such time in the zone', () => {
    expect(deadline({ at: '10:00' }, { contact: { timezone: 'Europe/Moscow' } })).toBe(at('2026-03-03T10:00:00+03:00'));
    expect(deadline({ at: '10:00' })).toBe(at('2026-03-02T10:00:00Z'));
  });

  it('takes the next such day of the week', () => {
    expect(deadline({ at: '08:00', weekday: 'mon' })).toBe(at('2026-03-09T08:00:00Z'));
  });
});

describe('Waiting for a date', () => {
  const on = (renewal: string | null): JourneyOptions => ({
    contact: { attributes: renewal === null ? {} : { renewal } },
  });
  const until = { until: 'contact.attributes.renewal' };

  it('takes a date without a time at 00:00, or at the time given', () => {
    expect(deadline(until, on('2026-03-10'))).toBe(at('2026-03-10T00:00:00Z'));
    expect(deadline({ ...until, at: '11:00', offset: '-P3D' }, on('2026-03-10'))).toBe(at('2026-03-07T11:00:00Z'));
  });

  it('yearly: takes the next anniversary', () => {
    expect(deadline({ ...until, yearly: true }, on('1990-05-17'))).toBe(at('2026-05-17T00:00:00Z'));
    expect(deadline({ ...until, yearly: true }, on('1992-02-29'))).toBe(at('2027-02-28T00:00:00Z'));
  });

  it('is recalculated when the field changes, and only then', () => {
    const journey = begin(until, on('2026-03-10')).pass('P1D').event('contact.changed');
    expect(journey.last.timeline).toEqual([]);
    journey.contact = { ...journey.contact, attributes: { renewal: '2026-04-01' } };
    expect(journey.event('contact.changed').last.deadline).toBe(at('2026-04-01T00:00:00Z'));
    journey.contact = { ...journey.contact, attributes: { renewal: '2026-03-03' } };
    expect(journey.event('contact.changed').last.outcome).toBe('over');
  });

  it('past: goes on now within the last day, else skips', () => {
    const left = (renewal: string, more = {}) =>
      begin({ ...until, ...more }, on(renewal)).timeline.find(({ step, kind }) => step === 'w' && kind !== 'entered');
    expect(left('2026-03-02')).toMatchObject({ kind: 'left', detail: { exit: 'done', past: 'now' } });
    expect(left('2026-02-20')).toMatchObject({ kind: 'skipped', detail: { exit: 'skipped', past: 'skip' } });
    expect(left('2026-02-20', { past: 'now' })).toMatchObject({ kind: 'left', detail: { exit: 'done' } });
    expect(begin({ ...until, past: 'exit' }, on('2026-02-20')).last.outcome).toBe('exited');
  });

  it('missing: waits for the field, skips or ends', () => {
    const journey = begin(until, on(null));
    expect(journey.last.deadline).toBeNull();
    journey.contact = { ...journey.contact, attributes: { renewal: '2026-04-01' } };
    expect(journey.event('contact.changed').last.deadline).toBe(at('2026-04-01T00:00:00Z'));
    expect(begin({ ...until, missing: 'skip' }, on(null)).kinds).toContain('skipped');
    expect(begin({ ...until, missing: 'exit' }, on(null)).last.outcome).toBe('exited');
  });

  it('missing: a field that is emptied while waiting is missing too', () => {
    const journey = begin(until, on('2026-03-10'));
    journey.contact = { ...journey.contact, attributes: {} };
    expect(journey.event('contact.changed').last.deadline).toBeNull();
  });

  it('looks at the field once more when its date comes', () => {
    const journey = begin(until, on('2026-03-10'));
    journey.contact = { ...journey.contact, attributes: { renewal: '2026-04-01' } };
    journey.now = at('2026-03-10T00:00:00Z');
    expect(journey.due().last.deadline).toBe(at('2026-04-01T00:00:00Z'));
    journey.now = at('2026-04-01T00:00:00Z');
    expect(journey.due().last.outcome).toBe('over');
  });

  it('rolls a date in closed time forward or back', () => {
    const sunday = { ...on('2026-03-08'), library };
    expect(deadline({ ...until, calendar: 'office' }, sunday)).toBe(at('2026-03-09T09:00:00Z'));
    expect(deadline({ ...until, calendar: 'office', roll: 'back' }, sunday)).toBe(at('2026-03-06T18:00:00Z'));
  });

  it('is an incident where the field holds no date', () => {
    expect(begin(until, on('soon')).state.tokens[0]?.incident).toMatchObject({ code: 'DATE_INVALID' });
  });

  it('is another incident where the calendar never opens', () => {
    const closed = { calendars: { office: { ...office, hours: {} } } };
    const journey = begin({ ...until, calendar: 'office' }, { ...on('2026-03-10'), library: closed });
    expect(journey.state.tokens[0]?.incident).toMatchObject({ code: 'CALENDAR_NEVER_OPEN' });
  });
});

describe('Parameters of wait', () => {
  const problems = (step: JsonObject) => {
    const head = { kind: 'process', key: 'p', name: 'P', triggers: [{ on: 'api' }] };
    const parsed = processSchema.safeParse({ ...head, steps: [{ id: 'w', type: 'wait', ...step }] });
    return parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  };

  it('are exactly one of for, until and at', () => {
    expect(problems({})).toEqual(['steps.0: give exactly one of "for", "until" or "at"']);
    expect(problems({ for: 'PT1H', at: '10:00' })).toHaveLength(1);
    expect(problems({ until: 'contact.attributes.x', at: '10:00' })).toEqual([]);
  });

  it('go with their own kind only', () => {
    expect(problems({ for: 'PT1H', yearly: true })).toEqual(['steps.0.yearly: "yearly" goes with "until"']);
    expect(problems({ for: 'PT1H', weekday: 'mon' })).toEqual(['steps.0.weekday: "weekday" goes with "at"']);
    expect(problems({ for: 'PT1H', calender: 'office' })).toHaveLength(1);
  });
});
