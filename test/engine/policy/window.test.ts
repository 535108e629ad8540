import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permittedAt, type SendingTime } from '../../../engine/policy/window.ts';
import { effectiveZone } from '../../../engine/policy/zone.ts';
import { localParts } from '../../../engine/time/zone.ts';
import { policy } from './policy.ts';

const marketing: SendingTime = { purpose: 'marketing', zone: 'Europe/Moscow', known: true, seed: 7 };
const at = (iso: string) => Date.parse(iso);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

describe('the zone', () => {
  const company = policy();
  it('is the contact’s, else the definition’s, else the company’s', () => {
    expect(effectiveZone({ timezone: 'Asia/Tokyo' }, 'Europe/Berlin', company)).toEqual({
      zone: 'Asia/Tokyo',
      known: true,
    });
    expect(effectiveZone({}, 'Europe/Berlin', company)).toEqual({ zone: 'Europe/Berlin', known: true });
    expect(effectiveZone({}, 'contact', company)).toEqual({ zone: 'Europe/Moscow', known: false });
    expect(effectiveZone({ timezone: 'Mars/Base' }, 'contact', company)).toEqual({
      zone: 'Europe/Moscow',
      known: false,
    });
  });

  it('of the contact counts, not UTC and not the company’s (mautic#7665)', () => {
    const quiet = policy({ quietHours: { from: '21:00', to: '09:00' } });
    const now = at('2026-03-02T06:30:00Z');
    const here = (timezone: string) => ({ ...marketing, ...effectiveZone({ timezone }, 'contact', quiet) });
    expect(iso(permittedAt(here('Europe/Moscow'), quiet, now))).toBe('2026-03-02T06:30:00.000Z');
    expect(iso(permittedAt(here('Europe/Lisbon'), quiet, now))).toBe('2026-03-02T09:00:00.000Z');
    expect(iso(permittedAt(here('America/New_York'), quiet, now))).toBe('2026-03-02T14:00:00.000Z');
  });
});

describe('quiet hours', () => {
  const quiet = policy({ quietHours: { from: '22:00', to: '08:00' } });

  it('span midnight and end at their end', () => {
    expect(iso(permittedAt(marketing, quiet, at('2026-03-02T18:59:59Z')))).toBe('2026-03-02T18:59:59.000Z');
    expect(iso(permittedAt(marketing, quiet, at('2026-03-02T19:00:00Z')))).toBe('2026-03-03T05:00:00.000Z');
    expect(iso(permittedAt(marketing, quiet, at('2026-03-03T04:59:59Z')))).toBe('2026-03-03T05:00:00.000Z');
    expect(iso(permittedAt(marketing, quiet, at('2026-03-03T05:00:00Z')))).toBe('2026-03-03T05:00:00.000Z');
  });

  it('follow the zone over its changes', () => {
    const berlin = { ...marketing, zone: 'Europe/Berlin' };
    expect(iso(permittedAt(berlin, quiet, at('2026-03-28T22:00:00Z')))).toBe('2026-03-29T06:00:00.000Z');
    expect(iso(permittedAt(berlin, quiet, at('2026-10-24T21:00:00Z')))).toBe('2026-10-25T07:00:00.000Z');
  });

  it('do not bind transactional messages', () => {
    const night = at('2026-03-02T23:00:00Z');
    expect(permittedAt({ ...marketing, purpose: 'transactional', sendWindow: 'daytime' }, quiet, night)).toBe(night);
  });
});

describe('send windows', () => {
  const daytime = { ...marketing, sendWindow: 'daytime' };
  const plain = policy({
    sendWindows: { daytime: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '10:00', to: '19:00' } },
  });
  const spread = policy({
    sendWindows: { daytime: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '10:00', to: '19:00', spread: 'PT2H' } },
  });

  it('open on their days, in local time', () => {
    expect(iso(permittedAt(daytime, plain, at('2026-03-06T15:59:59Z')))).toBe('2026-03-06T15:59:59.000Z');
    expect(iso(permittedAt(daytime, plain, at('2026-03-06T16:00:00Z')))).toBe('2026-03-09T07:00:00.000Z');
  });

  it('scatter those that had to wait, and only those, always alike for one seed', () => {
    const open = at('2026-03-02T09:00:00Z');
    expect(permittedAt(daytime, spread, open)).toBe(open);
    const times = new Set<number>();
    for (let seed = 0; seed < 200; seed++) {
      const time = permittedAt({ ...daytime, seed }, spread, at('2026-03-01T12:00:00Z'));
      expect(time).toBe(permittedAt({ ...daytime, seed }, spread, at('2026-03-01T13:00:00Z')));
      expect(time).toBeGreaterThanOrEqual(at('2026-03-02T07:00:00Z'));
      expect(time).toBeLessThan(at('2026-03-02T09:00:00Z'));
      expect((time ?? 1) % 1000).toBe(0);
      times.add(time ?? 0);
    }
    expect(times.size).toBeGreaterThan(190);
  });

  it('keep the spread within the opening', () => {
    const short = policy({ sendWindows: { daytime: { days: ['mon'], from: '10:00', to: '10:30', spread: 'PT6H' } } });
    for (let seed = 0; seed < 50; seed++) {
      const time = permittedAt({ ...daytime, seed }, short, at('2026-03-01T12:00:00Z'));
      expect(time).toBeLessThan(at('2026-03-02T07:30:00Z'));
    }
  });

  it('a window that the policy no longer has sets no bound', () => {
    const now = at('2026-03-02T23:00:00Z');
    expect(permittedAt({ ...marketing, sendWindow: 'gone' }, plain, now)).toBe(now);
  });

  it('a window wholly in quiet hours never opens', () => {
    const never = policy({
      quietHours: { from: '20:00', to: '09:00' },
      sendWindows: { daytime: { days: ['mon'], from: '21:00', to: '22:00' } },
    });
    expect(permittedAt(daytime, never, at('2026-03-02T09:00:00Z'))).toBeNull();
  });
});

describe('an unknown zone', () => {
  it('holds marketing only where the policy says so', () => {
    const unknown = { ...marketing, known: false };
    const now = at('2026-03-02T09:00:00Z');
    expect(permittedAt(unknown, policy({ unknownZone: 'hold' }), now)).toBeNull();
    expect(permittedAt(unknown, policy({ unknownZone: 'company' }), now)).toBe(now);
    expect(permittedAt({ ...unknown, purpose: 'transactional' }, policy({ unknownZone: 'hold' }), now)).toBe(now);
  });
});

describe('any moment in any zone', () => {
  it('is answered with one that is permitted, and stays so when asked again', () => {
    const both = policy({
      quietHours: { from: '21:00', to: '09:00' },
      sendWindows: { daytime: { days: ['mon', 'wed', 'sat'], from: '08:00', to: '23:30', spread: 'PT3H' } },
    });
    const zones = fc.constantFrom(
      'Europe/Moscow',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Chatham',
    );
    const moments = fc.integer({ min: at('2026-01-01T00:00:00Z') / 1000, max: at('2027-12-31T00:00:00Z') / 1000 });
    fc.assert(
      fc.property(zones, moments, fc.nat(), (zone, second, seed) => {
        const message = { ...marketing, zone, seed, sendWindow: 'daytime' };
        const time = permittedAt(message, both, second * 1000) ?? 0;
        expect(time).toBeGreaterThanOrEqual(second * 1000);
        const local = localParts(time, zone);
        expect(['mon', 'wed', 'sat']).toContain(local.weekday);
        expect(local.hour).toBeGreaterThanOrEqual(9);
        expect(local.hour).toBeLessThan(21);
        expect(permittedAt({ ...message, seed: seed + 1 }, both, time)).toBe(time);
      }),
      { numRuns: 2000 },
    );
  });
});
