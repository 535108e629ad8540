import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chain } from '../../../engine/routing/chain.ts';
import { choose, type Wanted } from '../../../engine/routing/choose.ts';
import type { Person } from '../../../engine/routing/person.ts';
import { isOpen } from '../../../engine/time/business.ts';
import { hour, noon, office, person } from './people.ts';

const skills = ['refunds', 'iban', 'vpn'];
const roles = ['agent', 'senior', 'lead'];
const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
const teams = ['billing', 'technical'];

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const absence = fc.record({
  from: fc.integer({ min: -5, max: 5 }).map((hours) => noon + hours * hour),
  until: fc.integer({ min: -5, max: 30 }).map((hours) => noon + hours * hour),
  deputy: maybe(fc.constantFrom(...keys)),
});

const people: fc.Arbitrary<Person[]> = fc.uniqueArray(
  fc.record({
    key: fc.constantFrom(...keys),
    role: fc.constantFrom(...roles),
    active: fc.boolean(),
    team: maybe(fc.constantFrom(...teams)),
    skills: fc.subarray(skills),
    capacity: maybe(fc.integer({ min: 1, max: 4 })),
    calendar: maybe(fc.constant('office')),
    absences: fc.array(absence, { maxLength: 2 }),
    load: fc.integer({ min: 0, max: 5 }),
    lastAssigned: fc.integer({ min: 0, max: 5 }),
  }),
  { selector: ({ key }) => key, maxLength: 6 },
);

const wanted: fc.Arbitrary<Wanted> = fc.record({
  users: maybe(fc.subarray(keys, { minLength: 1 })),
  role: maybe(fc.constantFrom(...roles)),
  team: maybe(fc.constantFrom(...teams)),
  skills: fc.subarray(skills, { maxLength: 2 }),
  strategy: fc.constantFrom('round-robin', 'least-loaded'),
  capacity: maybe(fc.integer({ min: 1, max: 4 })),
  ownCapacity: fc.boolean(),
  presence: fc.constantFrom('working', 'any'),
  tried: fc.subarray(keys, { maxLength: 3 }),
});

/** Noon to the next day's noon. */
const now = fc.integer({ min: 0, max: 24 }).map((hours) => noon + hours * hour);

/** The rules in words of their own. */
function fits(one: Person, wanted: Wanted, at: number): boolean {
  const away = one.absences.some(({ from, until }) => at >= from && at < until);
  const open = one.calendar === undefined || isOpen(office, at);
  return (
    one.active &&
    !away &&
    (wanted.presence === 'any' || open) &&
    !wanted.tried.includes(one.key) &&
    (wanted.users === undefined || wanted.users.includes(one.key)) &&
    (wanted.role === undefined || wanted.role === one.role) &&
    (wanted.team === undefined || wanted.team === one.team) &&
    (wanted.skills ?? []).every((skill) => one.skills.includes(skill)) &&
    !(wanted.capacity !== undefined && one.load >= wanted.capacity) &&
    !(wanted.ownCapacity && one.capacity !== undefined && one.load >= one.capacity)
  );
}

describe('whatever the people and the rule', () => {
  it('nobody absent, over capacity, unskilled, tried or otherwise unfit is chosen, and nobody only if nobody fits', () => {
    fc.assert(
      fc.property(people, wanted, now, (all, rule, at) => {
        const { user, considered } = choose(rule, all, { now: at, calendars: { office } });
        const fitting = all.filter((one) => fits(one, rule, at));
        expect(user === null).toBe(fitting.length === 0);
        if (user !== null) expect(fitting.map(({ key }) => key)).toContain(user);
        const said = considered.filter(({ verdict }) => verdict === 'chosen' || verdict === 'fits');
        expect(said.map((one) => one.user).sort()).toEqual(fitting.map(({ key }) => key).sort());
      }),
      { numRuns: 3_000 },
    );
  });

  it('the order in which people are given does not matter', () => {
    fc.assert(
      fc.property(people, wanted, now, fc.infiniteStream(fc.nat()), (all, rule, at, order) => {
        const shuffled = all
          .map((one) => ({ one, place: order.next().value }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        const moment = { now: at, calendars: { office } };
        expect(choose(rule, shuffled, moment)).toEqual(choose(rule, all, moment));
      }),
      { numRuns: 500 },
    );
  });

  it('round robin gives everybody who fits the same share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 40 }), (size, rounds) => {
        const all = keys.slice(0, size).map((key) => person(key));
        const shares = new Map<string, number>();
        for (let turn = 1; turn <= rounds; turn += 1) {
          const rule = { strategy: 'round-robin', ownCapacity: true, presence: 'any', tried: [] } as const;
          const chosen = all.find(({ key }) => key === choose(rule, all, { now: noon, calendars: {} }).user);
          if (chosen === undefined) throw new Error('somebody always fits');
          chosen.lastAssigned = turn;
          shares.set(chosen.key, (shares.get(chosen.key) ?? 0) + 1);
        }
        const counts = all.map(({ key }) => shares.get(key) ?? 0);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });

  it('a chain never goes down, never to the owner, and never to somebody absent or gone', () => {
    fc.assert(
      fc.property(people, maybe(fc.constantFrom(...keys)), now, (all, owner, at) => {
        const { user } = chain({ roles, owner, strategy: 'round-robin', now: at }, all);
        const rank = (key: string | undefined) => roles.indexOf(all.find((one) => one.key === key)?.role ?? '');
        if (user === null) {
          const above = all.filter((one) => rank(one.key) > rank(owner) && one.key !== owner);
          expect(above.filter((one) => fits(one, anybody, at))).toEqual([]);
          return;
        }
        const chosen = all.find(({ key }) => key === user);
        expect(chosen !== undefined && fits(chosen, anybody, at)).toBe(true);
        expect(user).not.toBe(owner);
        expect(rank(user)).toBeGreaterThan(rank(owner));
      }),
      { numRuns: 2_000 },
    );
  });
});

const anybody: Wanted = { strategy: 'round-robin', ownCapacity: false, presence: 'any', tried: [] };
