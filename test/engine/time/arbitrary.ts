import fc from 'fast-check';
import type { Calendar, Shift } from '../../../engine/schema/calendar.ts';
import { weekday } from '../../../engine/schema/common.ts';
import { readWindow, type Window } from './minute-walk.ts';

/** Days of a window. */
export const days = 6;

/** Around both changes of the clock where there are any. */
export const windows = [
  ['Europe/Moscow', '2026-01-10'],
  ['Europe/Moscow', '2014-10-26'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Europe/London', '2026-03-29'],
  ['Europe/London', '2026-10-25'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['Pacific/Chatham', '2026-04-05'],
  ['Pacific/Chatham', '2026-09-27'],
].map(([zone = '', middle = '']) => readWindow(zone, middle, days));

const pad = (value: number) => String(value).padStart(2, '0');
const time = fc
  .oneof(
    { weight: 3, arbitrary: fc.tuple(fc.nat(23), fc.constantFrom(0, 15, 30, 45)) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(23), fc.nat(59)) },
  )
  .map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`);
const shift: fc.Arbitrary<Shift> = fc.record({
  from: time,
  to: fc.oneof({ weight: 5, arbitrary: time }, { weight: 1, arbitrary: fc.constant('24:00' as const) }),
});
const shifts = fc.oneof(
  { weight: 6, arbitrary: fc.array(shift, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant<Shift[]>([]) },
);

/** Any calendar of a window's zone, with holidays and special days among its dates: split shifts, and shifts past midnight. */
export function anyCalendar(window: Window): fc.Arbitrary<Calendar> {
  const date = fc.constantFrom(...new Set(window.minutes.map((minute) => minute.date)));
  return fc.record<Calendar>({
    kind: fc.constant('calendar'),
    key: fc.constant('any'),
    name: fc.constant('any'),
    timezone: fc.constant(window.zone),
    hours: fc.record(Object.fromEntries(weekday.options.map((day) => [day, shifts]))),
    holidays: fc.array(
      fc.tuple(date, fc.boolean()).map(([day, yearly]) => ({ date: yearly ? day.slice(5) : day })),
      { maxLength: 2 },
    ),
    special: fc.uniqueArray(fc.record({ date, hours: shifts }), { maxLength: 2, selector: (day) => day.date }),
  });
}
