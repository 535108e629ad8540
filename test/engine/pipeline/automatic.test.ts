import { describe, expect, it } from 'vitest';
import { moveByItself } from '../../../engine/pipeline/automatic.ts';
import { deal, happened, pipeline, scene } from './sales.ts';

const sales = pipeline({
  moves: [
    { id: 'signed', to: 'contract', on: 'contract.signed', when: 'event.?total.orValue(0) > 10' },
    { id: 'asked', from: ['new'], to: 'offer', on: 'offer.sent' },
    { id: 'dead', to: 'lost', on: 'lead.died', reason: 'price' },
    { id: 'known', from: ['new'], to: 'offer', when: 'has(deal.amount) && deal.amount > 50' },
    { id: 'back', from: ['offer'], to: 'new', on: 'offer.returned' },
  ],
});

function outcome(name: string, from = deal({ amount: 5 }), data = {}) {
  const { made, refused } = moveByItself(sales, from, happened(name, data), scene());
  return { made: made && `${made.move.id} → ${made.deal.stage}`, refused: refused.map(({ move }) => move.id) };
}

describe('a deal moves by itself', () => {
  it('by an event, from the stages that the move names', () => {
    expect(outcome('offer.sent')).toEqual({ made: 'asked → offer', refused: [] });
    expect(outcome('offer.sent', deal({ stage: 'contract', amount: 5 }))).toEqual({ made: undefined, refused: [] });
    expect(outcome('offer.returned', deal({ stage: 'offer' })).made).toBe('back → new');
    expect(outcome('page.viewed')).toEqual({ made: undefined, refused: [] });
  });

  it('by a condition, whatever the event', () => {
    expect(outcome('page.viewed', deal({ amount: 51 })).made).toBe('known → offer');
    expect(outcome('contract.signed', deal({ amount: 1 })).refused).toEqual([]);
  });

  it('not forward over a stage that it has passed, but lost from everywhere', () => {
    expect(outcome('contract.signed', deal({ stage: 'contract', amount: 500 }), { total: 11 })).toEqual({
      made: undefined,
      refused: [],
    });
    expect(outcome('lead.died', deal({ stage: 'contract' })).made).toBe('dead → lost');
  });

  it('through no guard: it is told which, and the next move is looked at', () => {
    const { made, refused } = moveByItself(
      sales,
      deal({ amount: 60 }),
      happened('contract.signed', { total: 11 }),
      scene({ role: 'head' }),
    );
    expect(made?.move.id).toBe('known');
    expect(refused).toMatchObject([
      { move: { id: 'signed' }, refused: [{ guard: 'head', roles: ['head'] }, { guard: 'large' }] },
    ]);
  });

  it('no more once it is over', () => {
    expect(outcome('lead.died', deal({ stage: 'won', status: 'won' }))).toEqual({ made: undefined, refused: [] });
  });
});
