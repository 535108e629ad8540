import { describe, expect, it } from 'vitest';
import { addOpenTime, isOpen, nextOpening, openTimeBetween, previousClosing } from '../../../engine/time/business.ts';
import { calendar, hour, iso, minute, nineToSix, office } from './calendar.ts';

const at = (text: string) => Date.parse(text);

// 2 March 2026 is a Monday.
describe('a shift', () => {
  const cal = calendar({ hours: office });

  it('is open from its start up to, not including, its end', () => {
    expect(isOpen(cal, at('2026-03-02T08:59:59.999Z'))).toBe(false);
    expect(isOpen(cal, at('2026-03-02T09:00Z'))).toBe(true);
    expect(isOpen(cal, at('2026-03-02T17:59:59.999Z'))).toBe(true);
    expect(isOpen(cal, at('2026-03-02T18:00Z'))).toBe(false);
  });

  it('gives a deadline that falls exactly on closing time that instant, not the next opening', () => {
    expect(iso(addOpenTime(cal, at('2026-03-02T16:00Z'), 2 * hour))).toBe('2026-03-02T18:00:00Z');
    expect(iso(addOpenTime(cal, at('2026-03-02T16:00Z'), 2 * hour + 1000))).toBe('2026-03-03T09:00:01Z');
  });

  it('does not let a Friday evening deadline run over the weekend', () => {
    expect(iso(addOpenTime(cal, at('2026-03-06T17:00Z'), 2 * hour))).toBe('2026-03-09T10:00:00Z');
    expect(openTimeBetween(cal, at('2026-03-06T17:00Z'), at('2026-03-09T10:00Z'))).toBe(2 * hour);
  });

  it('starts the count of what comes outside hours at the next opening', () => {
    expect(iso(addOpenTime(cal, at('2026-03-07T03:00Z'), minute))).toBe('2026-03-09T09:01:00Z');
  });

  it('moves closed moments to the next opening or the previous closing, and leaves open ones', () => {
    expect(iso(nextOpening(cal, at('2026-03-06T18:00Z')))).toBe('2026-03-09T09:00:00Z');
    expect(iso(previousClosing(cal, at('2026-03-08T12:00Z')))).toBe('2026-03-06T18:00:00Z');
    expect(iso(previousClosing(cal, at('2026-03-06T18:00Z')))).toBe('2026-03-06T18:00:00Z');
    expect(iso(nextOpening(cal, at('2026-03-06T12:34:56Z')))).toBe('2026-03-06T12:34:56Z');
    expect(iso(previousClosing(cal, at('2026-03-06T12:34:56Z')))).toBe('2026-03-06T12:34:56Z');
  });

  it('adds nothing for no duration and counts nothing backwards', () => {
    const night = at('2026-03-02T03:00Z');
    expect(addOpenTime(cal, night, 0)).toBe(night);
    expect(openTimeBetween(cal, at('2026-03-03T12:00Z'), at('2026-03-02T12:00Z'))).toBe(0);
  });

  it('counts long spans whole', () => {
    expect(openTimeBetween(cal, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z'))).toBe(261 * 9 * hour);
    expect(iso(addOpenTime(cal, at('2026-01-01T00:00Z'), 261 * 9 * hour))).toBe('2026-12-31T18:00:00Z');
    expect(iso(addOpenTime(cal, at('2026-01-01T00:00Z'), (261 + 261) * 9 * hour))).toBe('2027-12-31T18:00:00Z');
  });
});

describe('several shifts', () => {
  it('chatwoot#14009: a lunch break between split shifts is closed', () => {
    const hours = [
      { from: '08:00', to: '12:00' },
      { from: '13:30', to: '18:00' },
    ];
    const cal = calendar({ hours: { mon: hours } });
    expect(isOpen(cal, at('2026-03-02T12:30Z'))).toBe(false);
    expect(iso(addOpenTime(cal, at('2026-03-02T11:30Z'), hour))).toBe('2026-03-02T14:00:00Z');
    expect(openTimeBetween(cal, at('2026-03-02T00:00Z'), at('2026-03-03T00:00Z'))).toBe(8.5 * hour);
  });

  it('counts overlapping ones once, also when one comes from the day before', () => {
    const cal = calendar({
      hours: {
        mon: [
          { from: '09:00', to: '15:00' },
          { from: '12:00', to: '18:00' },
          { from: '22:00', to: '06:00' },
        ],
        tue: [{ from: '05:00', to: '09:00' }],
      },
    });
    expect(openTimeBetween(cal, at('2026-03-02T00:00Z'), at('2026-03-04T00:00Z'))).toBe((9 + 11) * hour);
  });
});

describe('a shift past midnight', () => {
  const night = [{ from: '21:00', to: '02:00' }];

  it('chatwoot#5254: runs on into the next day', () => {
    const cal = calendar({ hours: { fri: night } });
    expect(isOpen(cal, at('2026-03-07T01:59Z'))).toBe(true);
    expect(isOpen(cal, at('2026-03-07T02:00Z'))).toBe(false);
    expect(isOpen(cal, at('2026-03-06T01:00Z'))).toBe(false);
    expect(iso(addOpenTime(cal, at('2026-03-06T23:30Z'), hour))).toBe('2026-03-07T00:30:00Z');
  });

  it('belongs to the day on which it starts: a holiday closes that one, not the one that runs into it', () => {
    const cal = calendar({ hours: { thu: night, fri: night }, holidays: [{ date: '2026-03-06' }] });
    expect(isOpen(cal, at('2026-03-06T01:00Z'))).toBe(true);
    expect(isOpen(cal, at('2026-03-06T22:00Z'))).toBe(false);
    expect(isOpen(cal, at('2026-03-07T01:00Z'))).toBe(false);
  });

  it('goes round the clock when it ends at the time at which it starts', () => {
    const cal = calendar({ hours: { mon: [{ from: '08:00', to: '08:00' }] } });
    expect(openTimeBetween(cal, at('2026-03-01T00:00Z'), at('2026-03-08T00:00Z'))).toBe(24 * hour);
    expect(isOpen(cal, at('2026-03-03T07:59Z'))).toBe(true);
  });

  it('zammad#5177 and #3180: hours to 24:00 leave no closed minute at midnight', () => {
    const day = [{ from: '00:00', to: '24:00' }] as const;
    const always = {
      mon: [...day],
      tue: [...day],
      wed: [...day],
      thu: [...day],
      fri: [...day],
      sat: [...day],
      sun: [...day],
    };
    const cal = calendar({ timezone: 'Europe/Berlin', hours: always });
    const start = at('2026-03-02T22:30Z');
    expect(isOpen(cal, at('2026-03-02T23:00Z') - 1)).toBe(true);
    expect(addOpenTime(cal, start, hour)).toBe(start + hour);
    expect(addOpenTime(cal, start, 60 * 24 * hour)).toBe(start + 60 * 24 * hour);
    expect(openTimeBetween(cal, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z'))).toBe(365 * 24 * hour);
  });

  it('zammad#2497: hours that end at 00:00 end with the day, and no search for them is endless', () => {
    const cal = calendar({ timezone: 'America/Los_Angeles', hours: { tue: [{ from: '09:00', to: '00:00' }] } });
    expect(iso(addOpenTime(cal, at('2019-02-05T21:40:28Z'), 2 * hour))).toBe('2019-02-05T23:40:28Z');
    expect(iso(addOpenTime(cal, at('2019-02-06T07:00:00Z'), hour + 1000))).toBe('2019-02-12T17:00:01Z');
  });

  it('zammad#4432: midnight is not open because the day is', () => {
    const cal = calendar({ timezone: 'Europe/Berlin', hours: office });
    expect(isOpen(cal, at('2026-03-02T23:00Z'))).toBe(false);
    expect(iso(addOpenTime(cal, at('2026-03-02T17:00Z'), minute))).toBe('2026-03-03T08:01:00Z');
  });
});

describe('days of their own', () => {
  it('a holiday closes its day, each year when it is written without one', () => {
    const cal = calendar({ hours: office, holidays: [{ date: '2026-03-02' }, { date: '03-03' }] });
    expect(isOpen(cal, at('2026-03-02T12:00Z'))).toBe(false);
    expect(isOpen(cal, at('2026-03-03T12:00Z'))).toBe(false);
    expect(isOpen(cal, at('2027-03-02T12:00Z'))).toBe(true);
    expect(isOpen(cal, at('2027-03-03T12:00Z'))).toBe(false);
  });

  it('a special day replaces the shifts of its weekday and wins over a holiday', () => {
    const cal = calendar({
      hours: office,
      holidays: [{ date: '2026-03-07' }],
      special: [
        { date: '2026-03-02', hours: [{ from: '12:00', to: '13:00' }] },
        { date: '2026-03-03', hours: [] },
        { date: '2026-03-07', hours: nineToSix },
      ],
    });
    expect(openTimeBetween(cal, at('2026-03-02T00:00Z'), at('2026-03-03T00:00Z'))).toBe(hour);
    expect(openTimeBetween(cal, at('2026-03-03T00:00Z'), at('2026-03-04T00:00Z'))).toBe(0);
    expect(openTimeBetween(cal, at('2026-03-07T00:00Z'), at('2026-03-08T00:00Z'))).toBe(9 * hour);
  });

  it('a holiday is the day of the calendar, not of UTC', () => {
    const cal = calendar({ timezone: 'Pacific/Auckland', hours: office, holidays: [{ date: '2026-03-03' }] });
    expect(isOpen(cal, at('2026-03-02T21:00Z'))).toBe(false);
    expect(isOpen(cal, at('2026-03-03T21:00Z'))).toBe(true);
  });
});

describe('a change of the clock', () => {
  const night = [{ from: '00:00', to: '06:00' }];

  it('does not open the minutes that it skips', () => {
    const cal = calendar({ timezone: 'Europe/London', hours: { sun: night } });
    expect(openTimeBetween(cal, at('2026-03-28T00:00Z'), at('2026-03-30T00:00Z'))).toBe(5 * hour);
    expect(iso(addOpenTime(cal, at('2026-03-29T00:30Z'), hour))).toBe('2026-03-29T01:30:00Z');
    const skipped = calendar({ timezone: 'Europe/London', hours: { sun: [{ from: '01:00', to: '02:00' }] } });
    expect(iso(nextOpening(skipped, at('2026-03-28T00:00Z')))).toBe('2026-04-05T00:00:00Z');
  });

  it('opens an hour that happens twice, twice', () => {
    const cal = calendar({ timezone: 'Europe/London', hours: { sun: night } });
    expect(openTimeBetween(cal, at('2026-10-24T00:00Z'), at('2026-10-26T00:00Z'))).toBe(7 * hour);
    const half = calendar({ timezone: 'Europe/London', hours: { sun: [{ from: '01:00', to: '01:30' }] } });
    expect(iso(addOpenTime(half, at('2026-10-24T12:00Z'), 45 * minute))).toBe('2026-10-25T01:15:00Z');
    expect(isOpen(half, at('2026-10-25T00:45Z'))).toBe(false);
  });

  it('keeps office hours at the same local time before and after', () => {
    const cal = calendar({ timezone: 'America/New_York', hours: office });
    expect(iso(nextOpening(cal, at('2026-03-06T23:00Z')))).toBe('2026-03-09T13:00:00Z');
    expect(iso(nextOpening(cal, at('2026-03-05T23:00Z')))).toBe('2026-03-06T14:00:00Z');
  });

  it('closes the shifts of a day that a zone left out', () => {
    const cal = calendar({ timezone: 'Pacific/Apia', hours: { fri: nineToSix, sat: nineToSix } });
    expect(iso(nextOpening(cal, at('2011-12-29T12:00Z')))).toBe('2011-12-30T19:00:00Z');
  });
});

describe('a calendar that never opens', () => {
  it('has no deadline instead of an endless search', () => {
    const never = calendar({});
    const now = at('2026-03-02T12:00Z');
    expect(addOpenTime(never, now, minute)).toBeNull();
    expect(nextOpening(never, now)).toBeNull();
    expect(previousClosing(never, now)).toBeNull();
    expect(openTimeBetween(never, now, now + 1000 * hour)).toBe(0);
  });

  it('also when its last opening is over', () => {
    const once = calendar({ special: [{ date: '2026-03-02', hours: nineToSix }] });
    expect(addOpenTime(once, at('2026-03-02T12:00Z'), 10 * hour)).toBeNull();
    expect(iso(addOpenTime(once, at('2026-03-02T12:00Z'), 6 * hour))).toBe('2026-03-02T18:00:00Z');
    expect(iso(previousClosing(once, at('2026-12-01T12:00Z')))).toBe('2026-03-02T18:00:00Z');
  });

  it('is not one that opens on a single day of the year', () => {
    const yearly = calendar({ special: [{ date: '2027-03-02', hours: nineToSix }] });
    expect(iso(nextOpening(yearly, at('2026-03-02T12:00Z')))).toBe('2027-03-02T09:00:00Z');
  });
});
