import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addOpenTime, isOpen, nextOpening, openTimeBetween, previousClosing } from '../../../engine/time/business.ts';
import { anyCalendar, days, windows } from './arbitrary.ts';
import { MinuteWalk, readWindow } from './minute-walk.ts';

const length = days * 1440;

// A change at midnight, one around it, and a whole day lost, beside the usual ones.
const strange = [
  ['Europe/Moscow', '2011-03-27'],
  ['America/Nuuk', '2026-03-29'],
  ['America/Havana', '2026-11-01'],
  ['Pacific/Apia', '2011-12-30'],
].map(([zone = '', middle = '']) => readWindow(zone, middle, days));

// In the middle half, so that the walk meets the change and seldom leaves its window.
const moment = fc.integer({ min: length / 4, max: (length * 3) / 4 });
const question = fc.record({ at: moment, until: moment, minutes: fc.integer({ min: 1, max: 900 }) });
const situation = fc.constantFrom(...windows, ...strange).chain((window) =>
  fc.record({
    window: fc.constant(window),
    calendar: anyCalendar(window),
    questions: fc.array(question, { minLength: 8, maxLength: 8 }),
  }),
);

describe('business time against a walk over every minute', () => {
  it('agrees to the minute in 12,000 random cases', { timeout: 60_000 }, () => {
    let answered = 0;
    let beyond = 0;
    const compare = (real: number | null, walked: number | undefined, isBeyond: (at: number) => boolean) => {
      if (walked === undefined) {
        beyond++;
        expect(real === null || isBeyond(real)).toBe(true);
      } else {
        answered++;
        expect(real).toBe(walked);
      }
    };
    fc.assert(
      fc.property(situation, ({ window, calendar, questions }) => {
        const walk = new MinuteWalk(calendar, window);
        const end = walk.at(length);
        for (const { at: index, until, minutes } of questions) {
          const at = walk.at(index);
          const [from, to] = [Math.min(index, until), Math.max(index, until)];
          expect(isOpen(calendar, at)).toBe(walk.open[index]);
          expect(openTimeBetween(calendar, walk.at(from), walk.at(to))).toBe(walk.between(from, to) * 60_000);
          compare(addOpenTime(calendar, at, minutes * 60_000), walk.add(index, minutes), (real) => real >= end);
          compare(nextOpening(calendar, at), walk.nextOpening(index), (real) => real >= end);
          compare(previousClosing(calendar, at), walk.previousClosing(index), (real) => real <= window.from);
        }
      }),
      { seed: 20260308, numRuns: 1500 },
    );
    // The walk must have had an answer nearly always, or the comparison would prove little.
    expect(answered).toBeGreaterThan(6 * beyond);
  });
});
