import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLibrary } from '../../../engine/library.ts';
import { nextOpening, openTimeBetween } from '../../../engine/time/business.ts';
import { icalDays } from '../../../engine/time/ical.ts';
import { validateDefinition } from '../../../engine/validate/validate.ts';
import { calendar, hour, iso, office } from './calendar.ts';

/** An iCalendar text of these events. */
function ics(...events: string[][]): string {
  const body = events.flatMap((lines, index) => ['BEGIN:VEVENT', `UID:${index}`, ...lines, 'END:VEVENT']);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...body, 'END:VCALENDAR', ''].join('\r\n');
}

const dates = (text: string) => icalDays(text).days.map(({ date }) => date);
const from = (year: number) => (date: string) => date.startsWith(`${year}`);

describe('holidays from iCalendar', () => {
  it('are the days that an all-day event covers, its end not included', () => {
    const one = ics(['SUMMARY:Holiday', 'DTSTART;VALUE=DATE:20260501']);
    expect(icalDays(one).days).toEqual([{ date: '2026-05-01', name: 'Holiday' }]);
    expect(dates(ics(['DTSTART;VALUE=DATE:20261231', 'DTEND;VALUE=DATE:20270103']))).toEqual([
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ]);
    expect(dates(ics(['DTSTART;VALUE=DATE:20260301', 'DURATION:P2D']))).toEqual(['2026-03-01', '2026-03-02']);
  });

  it('come again every year, on their day or by a rule, until they end', () => {
    const yearly = dates(ics(['DTSTART;VALUE=DATE:20240101', 'DTEND;VALUE=DATE:20240103', 'RRULE:FREQ=YEARLY']));
    expect(yearly.slice(0, 4)).toEqual(['2024-01-01', '2024-01-02', '2025-01-01', '2025-01-02']);
    expect(yearly.at(-1)).toBe('2100-01-02');
    const until = ics(['DTSTART;VALUE=DATE:20240508', 'RRULE:FREQ=YEARLY;UNTIL=20260508']);
    expect(dates(until)).toEqual(['2024-05-08', '2025-05-08', '2026-05-08']);
    expect(dates(ics(['DTSTART;VALUE=DATE:20240508', 'RRULE:FREQ=YEARLY;COUNT=2;INTERVAL=2']))).toEqual([
      '2024-05-08',
      '2026-05-08',
    ]);
    const memorial = dates(ics(['DTSTART;VALUE=DATE:20260525', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO']));
    expect(memorial.slice(0, 3)).toEqual(['2026-05-25', '2027-05-31', '2028-05-29']);
    const thanksgiving = dates(ics(['DTSTART;VALUE=DATE:20261126', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH']));
    expect(thanksgiving.slice(0, 2)).toEqual(['2026-11-26', '2027-11-25']);
  });

  it('on 29 February come in leap years only, and never move into March', () => {
    const leap = dates(ics(['DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY']));
    expect(leap.slice(0, 2)).toEqual(['2024-02-29', '2028-02-29']);
    const ruled = dates(ics(['DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29']));
    expect(ruled.filter(from(2025))).toEqual([]);
    expect(ruled.filter(from(2028))).toEqual(['2028-02-29']);
  });

  it('leave out, add, move and cancel single days as the text says', () => {
    const text = ics(
      [
        'DTSTART;VALUE=DATE:20250609',
        'RRULE:FREQ=YEARLY;COUNT=4',
        'EXDATE;VALUE=DATE:20260609',
        'RDATE;VALUE=DATE:20250701',
      ],
      ['DTSTART;VALUE=DATE:20250801', 'STATUS:CANCELLED'],
    );
    expect(dates(text)).toEqual(['2025-06-09', '2025-07-01', '2027-06-09', '2028-06-09']);
    const moved = ics(
      ['DTSTART;VALUE=DATE:20250609', 'RRULE:FREQ=YEARLY;COUNT=2'],
      ['DTSTART;VALUE=DATE:20260610', 'RECURRENCE-ID;VALUE=DATE:20260609'],
    ).replace('UID:1', 'UID:0');
    expect(dates(moved)).toEqual(['2025-06-09', '2026-06-10']);
  });

  it('do not come from events with a time of day, and those are told', () => {
    const text = ics(['SUMMARY:Meeting', 'DTSTART:20260501T090000Z', 'DTEND:20260501T100000Z']);
    expect(icalDays(text)).toEqual({ days: [], passedOver: ['Meeting, 2026-05-01T09:00:00Z'] });
  });

  it('close a calendar, except where a special day opens it', () => {
    const ical = ics(['DTSTART;VALUE=DATE:20260302', 'DTEND;VALUE=DATE:20260305']);
    const special = [{ date: '2026-03-03', hours: [{ from: '10:00', to: '11:00' }] }];
    const open = { ...calendar({ hours: office, special }), ical };
    const day = (text: string) => Date.parse(text);
    expect(openTimeBetween(open, day('2026-03-02T00:00Z'), day('2026-03-06T00:00Z'))).toBe(10 * hour);
    expect(iso(nextOpening(open, day('2026-03-03T11:00Z')))).toBe('2026-03-05T09:00:00Z');
  });

  it('are read or refused with a reason, whatever the text', () => {
    const sound = ics(
      ['SUMMARY:A', 'DTSTART;VALUE=DATE:20240229', 'DTEND;VALUE=DATE:20240302', 'RRULE:FREQ=YEARLY;UNTIL=20300101'],
      ['SUMMARY:B', 'DTSTART;VALUE=DATE:20261126', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=4', 'EXDATE:20271125'],
    );
    let refused = 0;
    const cut = fc.record({ at: fc.nat(sound.length), length: fc.nat(6), put: fc.string({ maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
        const broken = cuts.reduce(
          (text, { at, length, put }) => text.slice(0, at) + put + text.slice(at + length),
          sound,
        );
        try {
          icalDays(broken);
        } catch (error) {
          refused++;
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { seed: 5545, numRuns: 1000 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  it('are refused at publication when they cannot be read', () => {
    const problems = (ical: string) => {
      const json = { kind: 'calendar', key: 'a', name: 'A', timezone: 'UTC', hours: office, ical };
      return validateDefinition(json, emptyLibrary()).problems.map(({ path, severity, message }) => [
        severity,
        path,
        message,
      ]);
    };
    expect(problems(ics(['DTSTART;VALUE=DATE:20260302']))).toEqual([]);
    for (const wrong of ['', 'hello', 'BEGIN:VCARD\r\nEND:VCARD', 'BEGIN:VCALENDAR\r\nDTSTART:x']) {
      expect(problems(wrong)).toEqual([['error', 'ical', expect.stringContaining('no iCalendar text')]]);
    }
    expect(problems(ics(['SUMMARY:Stand-up', 'DTSTART;VALUE=DATE:20260302', 'RRULE:FREQ=WEEKLY']))).toEqual([
      ['error', 'ical', expect.stringContaining('"Stand-up" repeats by FREQ=WEEKLY')],
    ]);
    expect(problems(ics(['DTSTART;VALUE=DATE:20260302', 'DURATION:P30000D']))).toEqual([
      ['error', 'ical', expect.stringContaining('more than 20000 days')],
    ]);
    expect(problems(ics(['SUMMARY:Meeting', 'DTSTART:20260501T090000Z']))).toEqual([
      ['warning', 'ical', expect.stringContaining('passed over: Meeting')],
    ]);
  });
});
