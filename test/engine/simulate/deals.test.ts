import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { emptyLibrary } from '../../../engine/library.ts';
import { processSchema } from '../../../engine/schema/index.ts';
import { checkRun } from '../../../engine/simulate/check.ts';
import { simulate } from '../../../engine/simulate/simulate.ts';
import { pipeline } from '../pipeline/sales.ts';

/** Plays the only scenario of a process that deals of the pipeline "sales" go through. */
function played(steps: JsonObject[], scenario: JsonObject, more: JsonObject = {}) {
  const process = processSchema.parse({
    kind: 'process',
    key: 'care',
    name: 'Care',
    subject: 'deal',
    triggers: [{ on: 'event', event: 'deal.stage-changed', when: "deal.stage == 'offer'" }],
    steps,
    ...more,
    scenarios: [{ name: 's', ...scenario }],
  });
  const [only] = process.scenarios;
  if (only === undefined) throw new Error('no scenario');
  const run = simulate(process, { ...emptyLibrary(), pipelines: { sales: pipeline() } }, only);
  return { ...run, mismatches: checkRun(run, only) };
}

const given = { deal: { amount: 50 }, contact: { phone: '+79123456789' } };
const offered = { at: 'PT0S', event: 'deal.stage-changed', deal: { stage: 'offer' } };

describe('a process that deals go through', () => {
  it('reads the deal, changes it and its contact, and hears of both', () => {
    const steps: JsonObject[] = [
      {
        id: 'note',
        type: 'update-record',
        set: { amount: { cel: 'deal.amount * 2.0' }, 'attributes.plan': 'pro', 'contact.company': 'Ltd' },
      },
      { id: 'changed', type: 'wait-for-event', event: 'deal.changed', since: 'note' },
    ];
    const expected = {
      outcome: 'completed',
      steps: ['note', 'changed'],
      deal: { amount: 100, stage: 'offer', attributes: { plan: 'pro' } },
      contact: { company: 'Ltd' },
    };
    expect(played(steps, { given, events: [offered], expect: expected }).mismatches).toEqual([]);
  });

  it('does not start in another stage', () => {
    const steps: JsonObject[] = [{ id: 'wait', type: 'wait', for: 'P1D' }];
    const elsewhere = { ...offered, deal: { stage: 'contract' } };
    const { refused } = played(steps, { given, events: [elsewhere], expect: { outcome: null } });
    expect(refused).toBe('no trigger fits deal.stage-changed');
  });

  it('is refused by the guards of the pipeline, and moved where they let it', () => {
    const steps: JsonObject[] = [
      { id: 'sign', type: 'move-deal', to: 'contract', next: { refused: 'drop', moved: 'end' } },
      { id: 'drop', type: 'move-deal', to: 'lost', reason: 'price', next: { moved: 'end', refused: 'wrong' } },
      { id: 'wrong', type: 'end', outcome: 'wrong' },
      { id: 'end', type: 'end', outcome: 'over' },
    ];
    const expected = { outcome: 'over', deal: { stage: 'lost', status: 'lost', lostReason: 'price' } };
    expect(played(steps, { given, events: [offered], expect: expected }).mismatches).toEqual([]);
  });

  it('ends by an exit that its own move sets off', () => {
    const steps: JsonObject[] = [
      { id: 'win', type: 'move-deal', to: 'lost', reason: 'price' },
      { id: 'wait', type: 'wait', for: 'P1D' },
    ];
    const exits: JsonObject[] = [{ event: 'deal.lost', outcome: 'gone' }];
    const run = played(steps, { given, events: [offered], expect: { outcome: 'gone' } }, { exits });
    expect(run.mismatches).toEqual([]);
  });

  it('gives the deal its owner, and the sum of its new items', () => {
    const steps: JsonObject[] = [
      { id: 'owner', type: 'assign-owner', among: { role: 'sales' }, next: { assigned: 'wait' } },
      { id: 'wait', type: 'wait', for: 'P2D' },
    ];
    const items = [{ name: 'Chair', quantity: 3, price: 100, tax: 20 }];
    const events = [offered, { at: 'P1D', event: 'deal.changed', deal: { items } }];
    const scenario = {
      given: { ...given, users: [{ key: 'ivan', role: 'sales' }] },
      events,
      expect: { deal: { owner: 'ivan', amount: 360 } },
    };
    const run = played(steps, scenario);
    expect(run.mismatches).toEqual([]);
    expect(run.contact.owner).toBeUndefined();
  });

  it('waits from the last activity', () => {
    const steps: JsonObject[] = [
      { id: 'idle', type: 'wait', until: 'deal.activityAt', offset: 'P3D' },
      { id: 'ask', type: 'create-task', title: 'Ask', assignee: { owner: true } },
    ];
    const events = [offered, { at: 'P2D', event: 'deal.noted', data: { text: 'called' } }];
    const scenario = { given, events, expect: { tasks: [{ step: 'ask', after: 'P5D' }] } };
    expect(played(steps, scenario).mismatches).toEqual([]);
  });

  it('says what a deal cannot have', () => {
    const steps: JsonObject[] = [{ id: 'wait', type: 'wait', for: 'P1D' }];
    const run = played(steps, { given: { deal: { amount: -1 } }, events: [offered], expect: {} });
    expect(run.problems.join()).toContain('given.deal.amount');
  });
});
