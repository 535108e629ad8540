import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { weekday } from '../../../engine/schema/common.ts';
import { nextCron } from '../../../engine/time/cron.ts';
import { addDuration } from '../../../engine/time/duration.ts';
import { nextTimeOfDay } from '../../../engine/time/next.ts';
import { atLocal, localParts } from '../../../engine/time/zone.ts';

const zone = fc.constantFrom(
  'Europe/Moscow',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'America/Nuuk',
  'America/Havana',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Asia/Gaza',
  'Pacific/Apia',
  'UTC',
);

// Half of the moments lie within two days of a change of the clock, where mistakes live.
const anyMoment = fc
  .integer({ min: Date.UTC(1990, 0) / 1000, max: Date.UTC(2045, 0) / 1000 })
  .map((second) => second * 1000);
const place = fc
  .record({ zone, moment: anyMoment, near: fc.boolean(), shift: fc.integer({ min: -172_800, max: 172_800 }) })
  .map(({ zone, moment, near, shift }) => {
    const change = near
      ? Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).getTimeZoneTransition('next')
      : null;
    return { zone, at: change === null ? moment : change.epochMilliseconds + shift * 1000 };
  });

const part = (name: string, max: number) =>
  fc
    .option(fc.integer({ min: 0, max }), { nil: undefined })
    .map((size) => (size === undefined ? '' : `${size}${name}`));
const duration = fc
  .record({
    sign: fc.constantFrom('', '-', '+'),
    y: part('Y', 3),
    m: part('M', 20),
    w: part('W', 5),
    d: part('D', 40),
    h: part('H', 60),
    n: part('M', 90),
    s: part('S', 90),
  })
  .map(({ sign, y, m, w, d, h, n, s }) => ({ sign, date: `${y}${m}${w}${d}`, time: `${h}${n}${s}` }))
  .filter(({ date, time }) => date + time !== '')
  .map(({ sign, date, time }) => `${sign}P${date}${time === '' ? '' : `T${time}`}`);

const clock = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => ({
  hour,
  minute,
  text: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
}));
const runs = { seed: 11602, numRuns: 2500 };

describe('local time against ECMAScript’s Temporal', () => {
  it('reads the same wall clock', () => {
    fc.assert(
      fc.property(place, ({ zone, at }) => {
        const known = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        const { year, month, day, hour, minute, second } = known;
        const date = known.toPlainDate().toString();
        expect(localParts(at, zone)).toEqual({
          year,
          month,
          day,
          hour,
          minute,
          second,
          date,
          weekday: weekday.options[known.dayOfWeek - 1],
        });
      }),
      runs,
    );
  });

  it('finds the same instant for a wall clock’s reading', () => {
    fc.assert(
      fc.property(place, clock, ({ zone, at }, { text }) => {
        const { date } = localParts(at, zone);
        expect(atLocal(date, text, zone)).toBe(
          Temporal.PlainDateTime.from(`${date}T${text}`).toZonedDateTime(zone).epochMilliseconds,
        );
      }),
      runs,
    );
  });

  it('adds durations of either sign alike', () => {
    fc.assert(
      fc.property(place, duration, ({ zone, at }, text) => {
        expect(addDuration(at, text, zone)).toBe(
          Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).add(text).epochMilliseconds,
        );
      }),
      runs,
    );
  });

  it('finds the same next time of day, as a wait and as a cron schedule', () => {
    fc.assert(
      fc.property(
        place,
        clock,
        fc.option(fc.nat(6), { nil: undefined }),
        ({ zone, at }, { hour, minute, text }, day) => {
          const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
          const known = Array.from({ length: 10 }, (_, index) => today.add({ days: index - 1 }))
            .filter((date) => day === undefined || date.dayOfWeek === day + 1)
            .map((date) => date.toZonedDateTime({ timeZone: zone, plainTime: text }).epochMilliseconds)
            .find((instant) => instant > at);
          expect(
            nextTimeOfDay({ at: text, weekday: day === undefined ? undefined : weekday.options[day], zone }, at),
          ).toBe(known);
          expect(nextCron(`${minute} ${hour} * * ${day === undefined ? '*' : day + 1}`, zone, at)).toBe(known);
        },
      ),
      runs,
    );
  });
});
