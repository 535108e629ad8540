import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { emptyLibrary } from '../../../engine/library.ts';
import { checkPipeline } from '../../../engine/pipeline/check.ts';
import { simulatePipeline } from '../../../engine/pipeline/simulate.ts';
import { pipeline } from './sales.ts';

const stages = [
  { key: 'new', name: 'New' },
  {
    key: 'offer',
    name: 'Offer',
    guards: [{ id: 'amount', fields: ['deal.amount'], message: 'Say how much.' }],
    enter: [{ id: 'prepare', type: 'create-task', title: 'Prepare', assignee: { owner: true } }],
    leave: [{ id: 'thank', type: 'notify-user', to: { owner: true }, text: 'Gone on' }],
    deadline: { within: 'P10D', steps: [{ id: 'drop', type: 'move-deal', to: 'lost', reason: 'price' }] },
  },
  {
    key: 'contract',
    name: 'Contract',
    guards: [{ id: 'head', roles: ['head'], message: 'The head decides.' }],
    idle: { within: 'P3D', steps: [{ id: 'nag', type: 'notify-user', to: { owner: true }, text: 'Still there?' }] },
  },
];
const moves = [{ id: 'asked', to: 'offer', on: 'offer.asked' }];

/** Plays one scenario. @returns what of it is not as expected */
function played(scenario: JsonObject, parts: object = { stages, moves }): string[] {
  const definition = pipeline({ ...parts, scenarios: [{ name: 's', ...scenario }] });
  const [only] = definition.scenarios;
  if (only === undefined) throw new Error('no scenario');
  return checkPipeline(simulatePipeline(definition, emptyLibrary(), only), only);
}

const asked = { at: 'P1D', event: 'offer.asked' };

describe('a scenario of a pipeline', () => {
  it('goes by itself through stages, their steps and their deadline', () => {
    const expected = {
      stages: [
        { stage: 'offer', after: 'P1D' },
        { stage: 'lost', after: 'P11D' },
      ],
      steps: [
        { step: 'prepare', after: 'P1D' },
        { step: 'drop', after: 'P11D' },
        { step: 'thank', after: 'P11D' },
      ],
      deal: { status: 'lost', lostReason: 'price' },
    };
    expect(played({ given: { deal: { amount: 5 } }, events: [asked], expect: expected })).toEqual([]);
  });

  it('moves by the outcome of an approval that a stage asks for, which people bring about or the clock', () => {
    const ask = { id: 'ask', type: 'request-approval', title: 'A discount', within: 'P5D', into: 'approval' };
    const steps = [{ ...ask, stages: [{ id: 'lead', approvers: [{ role: 'lead' }, { user: 'anna' }] }] }];
    const approving = [{ key: 'new', name: 'New', enter: steps }, ...stages.slice(1)];
    const outcome = (of: string) => `event.approval.outcome == '${of}'`;
    const deciding = [
      { id: 'yes', to: 'offer', on: 'approval.decided', when: outcome('approved') },
      { id: 'late', to: 'lost', on: 'approval.decided', when: outcome('timed-out'), reason: 'price' },
    ];
    const given = { deal: { amount: 5 } };
    const play = (scenario: JsonObject) => played(scenario, { stages: approving, moves: deciding });
    const decided = { at: 'P1D', event: 'approval.decided', of: 'ask', data: { outcome: 'approved' } };
    const offered = { stages: [{ stage: 'offer', after: 'P1D' }] };
    expect(play({ given, events: [decided], until: 'P2D', expect: offered })).toEqual([]);
    expect(play({ given, expect: { stages: [{ stage: 'lost', after: 'P5D' }] } })).toEqual([]);
  });

  it('tells once which guard keeps a move from being made', () => {
    const events = [asked, { ...asked, at: 'P2D' }, { at: 'P3D', deal: { amount: 5 }, event: 'offer.asked' }];
    const expected = { stages: [{ stage: 'offer', after: 'P3D' }], refused: ['amount'] };
    expect(played({ events, until: 'P5D', expect: expected })).toEqual([]);
  });

  it('lets people through whose role the guard wants', () => {
    const events = [
      { at: 'P1D', move: { to: 'contract', role: 'sales' } },
      { at: 'P2D', move: { to: 'contract', role: 'head' } },
    ];
    const expected = {
      stages: [{ stage: 'contract', after: 'P2D' }],
      refused: ['head'],
      steps: [
        { step: 'nag', after: 'P5D' },
        { step: 'nag', after: 'P8D' },
      ],
    };
    expect(played({ given: { deal: { amount: 5 } }, events, until: 'P9D', expect: expected })).toEqual([]);
  });

  it('says what was otherwise', () => {
    const mistakes = played({
      given: { deal: { amount: 5 } },
      events: [asked],
      until: 'P2D',
      expect: { stages: [{ stage: 'offer', after: 'P2D' }], steps: [], refused: ['amount'], deal: { status: 'won' } },
    });
    expect(mistakes).toEqual([
      'stages: offer expected after P2D, at 2026-03-04T09:00:00Z; was at 2026-03-03T09:00:00Z',
      'steps: expected none; were prepare',
      'refused: expected ["amount"], was []',
      'deal.status: expected "won", was "open"',
    ]);
  });

  it('says what nobody can do', () => {
    const events = [{ at: 'P1D', move: { to: 'nowhere' } }];
    expect(played({ events, expect: {} })).toEqual(['move: the pipeline has no stage for "nowhere"']);
  });
});
