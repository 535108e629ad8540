import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClockBase, loadClock, readBase, realClock, rebase, scaledClock } from '../../config/clock.ts';
import { keepClock } from '../../scripts/standstill.ts';

const DAY = 86_400_000;
const instant = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
const base: fc.Arbitrary<ClockBase> = fc.record({
  real: instant,
  virtual: instant,
  scale: fc.integer({ min: 1, max: 1_000_000 }),
});

describe('scaledClock', () => {
  it('goes to virtual time and back without ever being early', () => {
    fc.assert(
      fc.property(base, instant, (from, virtual) => {
        const clock = scaledClock(from);
        const back = clock.toVirtual(clock.toReal(virtual));
        expect(back).toBeGreaterThanOrEqual(virtual);
        expect(back - virtual).toBeLessThanOrEqual(from.scale);
      }),
    );
  });

  it('lets a day last a second at 86400', () => {
    const clock = scaledClock({ real: 1_000, virtual: 5_000, scale: 86_400 }, () => 2_000);
    expect(clock.now()).toBe(5_000 + DAY);
    expect(clock.toReal(5_000 + DAY)).toBe(2_000);
  });
});

describe('rebase', () => {
  it('goes on from the same virtual instant at another scale', () => {
    fc.assert(
      fc.property(base, instant, fc.integer({ min: 1, max: 1_000_000 }), (from, now, scale) => {
        expect(scaledClock(rebase(from, { now, scale })).toVirtual(now)).toBe(scaledClock(from).toVirtual(now));
      }),
    );
  });

  it('leaves out a standstill', () => {
    const after = rebase({ real: 0, virtual: 0, scale: 1_000 }, { stoppedAt: 10, now: 5_000, scale: 1_000 });
    expect(after).toEqual({ real: 5_000, virtual: 10_000, scale: 1_000 });
  });
});

describe('loadClock', () => {
  let dataFolder = '';
  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'voronka-clock-'));
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(dataFolder, { recursive: true });
  });

  it('is real time without a file at scale 1', () => {
    expect(loadClock({ dataFolder, timeScale: 1 })).toBe(realClock);
    expect(readBase(dataFolder)).toBeUndefined();
  });

  it('gives all processes the same base', () => {
    const first = loadClock({ dataFolder, timeScale: 86_400 });
    vi.advanceTimersByTime(3_000);
    const second = loadClock({ dataFolder, timeScale: 86_400 });
    expect(second.now()).toBe(first.now());
    expect(second.now()).toBe(Date.UTC(2026, 0, 4));
  });

  it('never turns back when the scale is taken away', () => {
    loadClock({ dataFolder, timeScale: 86_400 });
    vi.advanceTimersByTime(31_000);
    const slow = loadClock({ dataFolder, timeScale: 1 });
    expect(slow.now()).toBe(Date.UTC(2026, 1, 1));
    vi.advanceTimersByTime(1_000);
    expect(slow.now()).toBe(Date.UTC(2026, 1, 1) + 1_000);
  });

  it('stands still while Voronka does, and a killed start skips a second at most', () => {
    const end = keepClock(dataFolder, 86_400);
    vi.advanceTimersByTime(2_500);
    const before = loadClock({ dataFolder, timeScale: 86_400 }).now();
    end();
    vi.advanceTimersByTime(3_600_000);
    keepClock(dataFolder, 86_400)();
    const after = loadClock({ dataFolder, timeScale: 86_400 }).now();
    expect(after).toBeGreaterThanOrEqual(before);
    expect(after - before).toBeLessThanOrEqual(DAY);
  });
});
