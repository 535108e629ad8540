import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '../../../engine/conditions/evaluate.ts';
import type { ContactView } from '../../../engine/model/contact.ts';
import { type DealView, dealJson } from '../../../engine/model/deal.ts';
import { moveByItself } from '../../../engine/pipeline/automatic.ts';
import { moveDeal } from '../../../engine/pipeline/move.ts';
import type { Pipeline } from '../../../engine/schema/index.ts';
import type { Guard } from '../../../engine/schema/pipeline.ts';
import { contact, deal, happened, pipeline, scene } from './sales.ts';

const stages = ['a', 'b', 'c', 'd', 'e'];
const goals = [...stages, 'won', 'lost'];
const roles = ['clerk', 'head'];
const fields = ['deal.amount', 'deal.owner', 'deal.attributes.budget', 'contact.phone'];
const conditions = ['deal.amount > 10', 'has(deal.owner)', 'contact.score.total > 50', 'deal.stage != "a"', 'false'];
const events = ['x.one', 'x.two'];

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const guards = fc.array(
  fc
    .record({
      fields: maybe(fc.subarray(fields, { minLength: 1 })),
      when: maybe(fc.constantFrom(...conditions)),
      roles: maybe(fc.subarray(roles, { minLength: 1 })),
    })
    .filter((guard) => Object.values(guard).some((part) => part !== undefined)),
  { maxLength: 2 },
);
const moves = fc.array(
  fc
    .record({
      from: maybe(fc.subarray(stages, { minLength: 1 })),
      to: fc.constantFrom(...goals),
      on: maybe(fc.constantFrom(...events)),
      when: maybe(fc.constantFrom('true', ...conditions)),
    })
    .filter(({ on, when }) => on !== undefined || when !== undefined),
  { maxLength: 6 },
);
const pipelines = fc
  .record({ guards: fc.tuple(guards, guards, guards, guards, guards), won: guards, lost: guards, moves })
  .map(({ guards, won, lost, moves }): Pipeline => {
    let n = 0;
    const named = (list: object[]) => list.map((guard) => ({ ...guard, id: `guard-${++n}`, message: 'No.' }));
    return pipeline({
      stages: stages.map((key, index) => ({ key, name: key, guards: named(guards[index] ?? []) })),
      won: { guards: named(won) },
      lost: { guards: named(lost) },
      lostReasons: [],
      moves: moves.map((move, index) => ({ ...move, id: `move-${index}` })),
    });
  });

const facts = fc.record({
  amount: maybe(fc.constantFrom(0, 5, 50)),
  owner: maybe(fc.constant('anna')),
  budget: maybe(fc.constantFrom('', 'much')),
  phone: maybe(fc.constant('+79120000000')),
  total: fc.constantFrom(0, 80),
  role: maybe(fc.constantFrom(...roles)),
});
const deeds = fc.oneof(
  fc.record({ do: fc.constant('move' as const), to: fc.constantFrom(...goals), facts }),
  fc.record({ do: fc.constant('event' as const), name: fc.constantFrom(...events, 'x.other'), facts }),
);
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never;

interface Known {
  deal: DealView;
  contact: ContactView;
}

/** What a deal and its contact are, whatever they were before. */
function learn(before: DealView, { amount, owner, budget, phone, total }: Facts): Known {
  const { amount: _, owner: __, ...rest } = before;
  return {
    deal: {
      ...rest,
      ...(amount !== undefined && { amount }),
      ...(owner && { owner }),
      attributes: { ...(budget !== undefined && { budget }) },
    },
    contact: { ...contact, ...(phone && { phone }), score: { ...contact.score, total } },
  };
}

/** The rule once more, without the code that it is to prove. */
function isMet({ fields = [], when, roles }: Guard, values: Known, role: string | undefined): boolean {
  const { deal, contact } = values;
  const present = {
    'deal.amount': deal.amount !== undefined,
    'deal.owner': deal.owner !== undefined,
    'deal.attributes.budget': deal.attributes.budget === 'much',
    'contact.phone': contact.phone !== undefined,
  };
  if (fields.some((field) => !Object.entries(present).some(([path, there]) => path === field && there))) return false;
  if (roles !== undefined && !roles.some((one) => one === role)) return false;
  if (when === undefined) return true;
  const verdict = holds(when, { deal: dealJson(deal), contact, now: 0, calendars: {} });
  return verdict.ok && verdict.value;
}

/** All guards between two places. */
function between({ stages: all, won, lost }: Pipeline, from: string, to: string): Guard[] {
  if (to === 'lost') return lost.guards;
  const [here, there] = [stages.indexOf(from), to === 'won' ? stages.length : stages.indexOf(to)];
  const passed = all.filter((_, n) => (there > here ? n > here && n <= there : n === there));
  return [...passed.flatMap(({ guards }) => guards), ...(to === 'won' ? won.guards : [])];
}

describe('no way passes a guard that is not met', () => {
  it('over any pipeline, by people and by itself, and none is refused without one', () => {
    fc.assert(
      fc.property(pipelines, fc.array(deeds, { minLength: 1, maxLength: 12 }), (sales, story) => {
        let now = deal({ stage: 'a' });
        for (const deed of story) {
          const known = learn(now, deed.facts);
          const role = deed.do === 'move' ? deed.facts.role : undefined;
          const setting = scene({ contact: known.contact, role: deed.facts.role });
          const to = deed.do === 'move' ? deed.to : undefined;
          const verdict = to === undefined ? null : moveDeal(sales, known.deal, { to }, setting);
          const made =
            to === undefined
              ? moveByItself(sales, known.deal, happened('name' in deed ? deed.name : ''), setting)
              : null;
          const after = verdict?.ok ? verdict.deal : made?.made?.deal;
          if (after !== undefined) {
            const asked = between(sales, known.deal.stage, after.stage);
            expect(asked.filter((guard) => !isMet(guard, known, role))).toEqual([]);
          }
          if (verdict !== null && !verdict.ok && 'refused' in verdict && to !== undefined) {
            const unmet = between(sales, known.deal.stage, to).filter((guard) => !isMet(guard, known, role));
            expect(verdict.refused.map(({ guard }) => guard)).toEqual(unmet.map(({ id }) => id));
            expect(unmet).not.toEqual([]);
          }
          now = after ?? known.deal;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
