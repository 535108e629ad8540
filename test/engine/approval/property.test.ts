import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestApproval } from '../../../engine/approval/request.ts';
import type { Need } from '../../../engine/approval/state.ts';
import { colleague, hour, order, stage, start } from './ask.ts';
import { anybody, deeds, users, World } from './world.ts';

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const absence = fc.record({
  from: fc.integer({ min: 0, max: 40 }).map((hours) => start + hours * hour),
  until: fc.integer({ min: 41, max: 90 }).map((hours) => start + hours * hour),
  deputy: maybe(anybody),
});
const people = fc.tuple(
  ...users.map((key) => fc.array(absence, { maxLength: 1 }).map((absences) => ({ key, absences }))),
);

const stages = fc.array(
  fc.record({
    users: fc.uniqueArray(anybody, { minLength: 1, maxLength: 4 }),
    need: fc.oneof<fc.WeightedArbitrary<Need>[]>(
      { weight: 3, arbitrary: fc.constantFrom('all', 'any') },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) },
    ),
    skipped: fc.nat({ max: 4 }).map((n) => n === 0),
    substitutes: fc.array(anybody, { maxLength: 1 }),
  }),
  { minLength: 1, maxLength: 3 },
);
const terms = fc.record(
  {
    remind: fc.constantFrom('PT3H', 'P1D'),
    within: fc.constantFrom('PT20H', 'P2D'),
    escalate: fc.record({ after: fc.constantFrom('PT5H', 'P1D'), to: fc.uniqueArray(anybody, { maxLength: 2 }) }),
  },
  { requiredKeys: [] },
);

describe('an approval, however its people, its document and the clock interleave', () => {
  it('has one outcome, by the present bytes alone, as the answers count', () => {
    const outcomes = new Map<string, number>();
    const worlds = fc.record({
      people,
      stages,
      terms,
      bound: fc.boolean(),
      story: fc.array(deeds, { minLength: 3, maxLength: 60, size: 'max' }),
    });
    fc.assert(
      fc.property(worlds, ({ people, stages, terms, bound, story }) => {
        const staff = people.map(({ key, absences }) => colleague(key, { absences }));
        const asked = stages.map((one, n) => stage(one.users, { ...one, id: `s${n}` }));
        const document = bound ? { document: { id: 'v1', number: 'v1', sha256: 'hash of v1' } } : {};
        const request = order(asked, { ...document, terms: { ...terms, zone: 'UTC' } });
        const begun = requestApproval(request, 'api', { at: start, now: start, people: staff, calendars: {} });
        const possible = asked.every(
          ({ need, users, skipped }) => skipped || typeof need === 'string' || need <= users.length,
        );
        expect(begun.ok).toBe(possible);
        if (!begun.ok) return;
        const world = new World(begun.state, staff);
        for (const deed of story) world.run(deed);
        const { status, round } = world.state;
        const outcome = round > 1 ? `${status}, asked again` : status;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      { numRuns: 4_000 },
    );
    // The stories are of every kind, or they would prove little.
    for (const outcome of ['approved', 'rejected', 'timed-out', 'withdrawn', 'pending']) {
      expect([outcome, (outcomes.get(outcome) ?? 0) > 20]).toEqual([outcome, true]);
      expect([outcome, (outcomes.get(`${outcome}, asked again`) ?? 0) > 5]).toEqual([outcome, true]);
    }
  }, 180_000);
});
