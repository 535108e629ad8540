import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type Scoring, scoringSchema } from '../../../engine/schema/scoring.ts';
import { decayed } from '../../../engine/scoring/decay.ts';
import type { ScoreEntry } from '../../../engine/scoring/entry.ts';
import { classChange, scoreEvent, total } from '../../../engine/scoring/score.ts';
import { contact, event, now } from '../conditions/values.ts';

const day = 86_400_000;

function scoring(rules: z.input<typeof scoringSchema>['rules'], groups = {}): Scoring {
  return scoringSchema.parse({
    kind: 'scoring',
    key: 'score',
    name: 'Score',
    rules,
    groups,
    classes: { warm: 20, hot: 50 },
  });
}

function entry(points: number, ago: number, over: Partial<ScoreEntry> = {}): ScoreEntry {
  return {
    id: `e${ago}/opened`,
    axis: 'engagement',
    rule: 'opened',
    points,
    reason: 'message.opened',
    at: now - ago,
    ...over,
  };
}

describe('an event', () => {
  const model = scoring([
    { id: 'opened', axis: 'engagement', event: 'message.opened', points: 3, halfLife: 'P30D', group: 'mail' },
    { id: 'big-cart', axis: 'engagement', event: 'cart.abandoned', when: 'event.total >= 1000', points: 10 },
    { id: 'guest', axis: 'fit', event: 'cart.abandoned', when: '!has(contact.owner)', points: -2 },
  ]);

  it('earns the points of its rules whose conditions hold', () => {
    expect(scoreEvent(model, [], contact(), event({ total: 5000 }))).toEqual([
      { id: 'e1/big-cart', axis: 'engagement', rule: 'big-cart', points: 10, reason: 'cart.abandoned', at: now },
      { id: 'e1/guest', axis: 'fit', rule: 'guest', points: -2, reason: 'cart.abandoned', at: now },
    ]);
    expect(scoreEvent(model, [], contact(), event({ total: 10 })).map((one) => one.rule)).toEqual(['guest']);
    expect(scoreEvent(model, [], contact(), event({})).map((one) => one.rule)).toEqual(['guest']);
    expect(scoreEvent(model, [], contact(), event({}, { name: 'message.opened' }))).toEqual([
      {
        id: 'e1/opened',
        axis: 'engagement',
        rule: 'opened',
        group: 'mail',
        points: 3,
        halfLife: 'P30D',
        reason: 'message.opened',
        at: now,
      },
    ]);
  });

  it('earns them once, however often it comes', () => {
    const first = scoreEvent(model, [], contact(), event({ total: 5000 }));
    expect(scoreEvent(model, first, contact(), event({ total: 5000 }))).toEqual([]);
  });
});

describe('repeat limits', () => {
  const limited = (limit: { max: number; per?: string }) =>
    scoring([{ id: 'opened', axis: 'engagement', event: 'message.opened', points: 3, limit }]);
  const opened = (ago: number) => event({}, { id: `new${ago}`, name: 'message.opened', occurredAt: now - ago });

  it('are per rule and rolling period', () => {
    const model = limited({ max: 2, per: 'P1D' });
    const two = [entry(3, 0.9 * day), entry(3, 0.1 * day)];
    expect(scoreEvent(model, two, contact(), opened(0))).toEqual([]);
    expect(scoreEvent(model, [entry(3, day), entry(3, 0.1 * day)], contact(), opened(0))).toHaveLength(1);
    expect(
      scoreEvent(model, [entry(3, 0.5 * day, { rule: 'other' }), entry(3, 0.1 * day)], contact(), opened(0)),
    ).toHaveLength(1);
  });

  it('without a period hold for ever', () => {
    const model = limited({ max: 1 });
    expect(scoreEvent(model, [entry(3, 400 * day)], contact(), opened(0))).toEqual([]);
    expect(scoreEvent(model, [], contact(), opened(0))).toHaveLength(1);
  });

  it('hold in every period, in whatever order events arrive', () => {
    const model = limited({ max: 2, per: 'P1D' });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 72 }), { maxLength: 25 }), (hours) => {
        const ledger: ScoreEntry[] = [];
        hours.forEach((hour, index) => {
          const happened = event({}, { id: `x${index}`, name: 'message.opened', occurredAt: now + hour * 3_600_000 });
          ledger.push(...scoreEvent(model, ledger, contact(), happened));
        });
        for (const one of ledger) {
          const within = ledger.filter((other) => other.at >= one.at && other.at < one.at + day);
          expect(within.length).toBeLessThanOrEqual(2);
        }
        if (hours.length > 0) expect(ledger.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the total', () => {
  const plain = scoring([{ id: 'opened', axis: 'engagement', event: 'message.opened', points: 3 }], {
    mail: { cap: 20 },
  });

  it('halves continuously with the half-life, from the event’s moment', () => {
    expect(decayed(16, 'P10D', 0)).toBe(16);
    expect(decayed(16, 'P10D', 5 * day)).toBeCloseTo(16 / Math.SQRT2);
    expect(decayed(16, 'P10D', 20 * day)).toBe(4);
    expect(decayed(16, undefined, 20 * day)).toBe(16);
    expect(decayed(16, 'P10D', -day)).toBe(16);
    expect(total(plain, [entry(16, 20 * day, { halfLife: 'P10D' })], contact(), now).total).toBe(4);
  });

  it('is rounded half up to whole points', () => {
    expect(total(plain, [entry(5, 10 * day, { halfLife: 'P10D' })], contact(), now).total).toBe(3);
    expect(total(plain, [entry(-5, 10 * day, { halfLife: 'P10D' })], contact(), now).total).toBe(-2);
    expect(total(plain, [entry(0.1, 0), entry(0.2, 1), entry(0.2, 2)], contact(), now).total).toBe(1);
  });

  it('caps the decayed sum of a group, not of the rest', () => {
    const entries = [
      entry(30, 10 * day, { halfLife: 'P10D', group: 'mail' }),
      entry(10, 1, { group: 'mail' }),
      entry(7, 2),
    ];
    expect(total(plain, entries, contact(), now).total).toBe(27);
    expect(total(plain, entries, contact(), now + 10 * day).total).toBe(25);
  });

  it('shares a cap between the axes of its group', () => {
    const entries = [entry(30, 0, { group: 'mail', axis: 'fit' }), entry(10, 1, { group: 'mail' })];
    expect(total(plain, entries, contact(), now)).toEqual({ fit: 15, engagement: 5, total: 20, class: 'warm' });
  });

  it('counts what the contact is now', () => {
    const model = scoring([
      { id: 'moscow', axis: 'fit', when: 'contact.attributes.city == "Moscow"', points: 20 },
      { id: 'enterprise', axis: 'fit', when: 'contact.attributes.employees > 100', points: 40 },
    ]);
    expect(total(model, [], contact(), now)).toEqual({ fit: 20, engagement: 0, total: 20, class: 'warm' });
    expect(total(model, [], contact({ attributes: { city: 'Kazan' } }), now).total).toBe(0);
    expect(total(model, [], contact({ attributes: { city: 'Moscow', employees: 500 } }), now).class).toBe('hot');
  });

  it('gives the class from its thresholds up', () => {
    const classes = [19, 20, 49, 50, -5].map((points) => total(plain, [entry(points, 0)], contact(), now).class);
    expect(classes).toEqual(['cold', 'warm', 'warm', 'hot', 'cold']);
    const [cold, hot] = [total(plain, [], contact(), now), total(plain, [entry(50, 0)], contact(), now)];
    expect(classChange(cold, hot)).toEqual({ from: 'cold', to: 'hot' });
    expect(classChange(hot, hot)).toBeNull();
  });
});
