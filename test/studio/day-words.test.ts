import { afterEach, expect, it } from 'vitest';
import { shortcutOf } from '../../studio/src/day/keys.ts';
import {
  daysApart,
  fieldInstant,
  fieldText,
  greetingAt,
  inAnHour,
  mondayMorning,
  tomorrowMorning,
} from '../../studio/src/day/moments.ts';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

/** Sunday. */
const sunday = new Date(2026, 10, 22, 17, 40, 30).getTime();
const local = (...parts: [number, number, number, number, number?]) => new Date(...parts).getTime();

it('puts off to whole minutes and to mornings', () => {
  expect(inAnHour(sunday)).toBe(local(2026, 10, 22, 18, 40));
  expect(tomorrowMorning(sunday)).toBe(local(2026, 10, 23, 9));
  expect(mondayMorning(sunday)).toBe(local(2026, 10, 23, 9));
  expect(mondayMorning(local(2026, 10, 23, 8))).toBe(local(2026, 10, 30, 9));
  expect(mondayMorning(local(2026, 10, 28, 8))).toBe(local(2026, 10, 30, 9));
  expect(tomorrowMorning(local(2026, 11, 31, 23))).toBe(local(2027, 0, 1, 9));
});

it('goes to the morning of the next day over the change of the clocks', () => {
  process.env.TZ = 'Europe/Berlin';
  const saturday = local(2026, 9, 24, 20);
  expect(tomorrowMorning(saturday) - saturday).toBe(14 * 3_600_000);
  expect(daysApart(tomorrowMorning(saturday), saturday)).toBe(1);
});

it('writes what a field of a date with a time holds, and reads it', () => {
  expect(fieldText(local(2026, 0, 5, 9))).toBe('2026-01-05T09:00');
  expect(fieldInstant('2026-01-05T09:00')).toBe(local(2026, 0, 5, 9));
  expect(fieldInstant('')).toBeUndefined();
  expect(fieldInstant('soon')).toBeUndefined();
});

it('greets by the hour', () => {
  const greetings = [3, 5, 11, 12, 17, 18, 23].map((hour) => greetingAt(local(2026, 0, 5, hour)));
  expect(greetings).toEqual(['evening', 'morning', 'morning', 'afternoon', 'afternoon', 'evening', 'evening']);
});

it('counts midnights, not hours', () => {
  expect(daysApart(local(2026, 0, 6, 0, 5), local(2026, 0, 5, 23, 55))).toBe(1);
  expect(daysApart(local(2026, 0, 5, 23), local(2026, 0, 5, 0))).toBe(0);
  expect(daysApart(local(2026, 0, 4, 23), local(2026, 0, 5, 0))).toBe(-1);
});

it('knows a shortcut by its letter, and by its place where the layout has no Latin letters', () => {
  const press = (key: string, code: string, more: object = {}) =>
    shortcutOf({ key, code, ctrlKey: false, metaKey: false, altKey: false, ...more });
  expect(press('j', 'KeyJ')).toBe('j');
  expect(press('о', 'KeyJ')).toBe('j');
  expect(press('J', 'KeyC')).toBe('j');
  expect(press('1', 'Digit1')).toBe('1');
  expect(press('ArrowDown', 'ArrowDown')).toBe('ArrowDown');
  expect(press('c', 'KeyC', { ctrlKey: true })).toBeUndefined();
});
