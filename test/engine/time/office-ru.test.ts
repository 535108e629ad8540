import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calendarSchema } from '../../../engine/schema/calendar.ts';
import { addOpenTime, isOpen, openTimeBetween } from '../../../engine/time/business.ts';
import { hour, iso } from './calendar.ts';

const file = new URL('../../../definitions/calendars/office-ru.json', import.meta.url);
const cal = calendarSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const noon = (date: string) => Date.parse(`${date}T12:00+03:00`);

describe('the shipped office calendar of Russia', () => {
  it('has the 247 working days of the official calendar of 2026', () => {
    expect(openTimeBetween(cal, Date.parse('2026-01-01T00:00+03:00'), Date.parse('2027-01-01T00:00+03:00'))).toBe(
      247 * 9 * hour,
    );
  });

  it('rests on the holidays of the Labour Code and on the days moved from weekends', () => {
    for (const date of ['2026-01-08', '2026-02-23', '2026-05-01', '2026-06-12', '2026-11-04']) {
      expect(isOpen(cal, noon(date)), date).toBe(false);
    }
    for (const date of [
      '2026-01-09',
      '2026-03-09',
      '2026-05-11',
      '2026-12-31',
      '2027-05-03',
      '2027-05-10',
      '2027-06-14',
    ]) {
      expect(isOpen(cal, noon(date)), date).toBe(false);
    }
    for (const date of ['2026-01-12', '2026-03-10', '2026-12-30', '2027-01-11'])
      expect(isOpen(cal, noon(date)), date).toBe(true);
  });

  it('puts "within two business hours" of the last evening of the year after the holidays', () => {
    expect(iso(addOpenTime(cal, Date.parse('2026-12-30T17:00+03:00'), 2 * hour))).toBe('2027-01-11T07:00:00Z');
  });
});
