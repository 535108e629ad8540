import { describe, expect, it } from 'vitest';
import { moveDeal } from '../../../engine/pipeline/move.ts';
import { contact, deal, pipeline, scene } from './sales.ts';

const sales = pipeline();

/** Guards that refuse a way; empty where it is open. */
function refusals(to: string, from = deal(), more = {}): string[] {
  const verdict = moveDeal(sales, from, { to, reason: to === 'lost' ? 'price' : undefined }, scene(more));
  if (verdict.ok) return [];
  return 'refused' in verdict ? verdict.refused.map(({ stage, guard }) => `${stage}/${guard}`) : [verdict.unknown];
}

describe('a move', () => {
  it('asks the guards of every stage on the way, and says all that is missing', () => {
    expect(refusals('offer')).toEqual(['offer/amount']);
    expect(refusals('contract')).toEqual(['offer/amount', 'contract/head', 'contract/large']);
    expect(refusals('won')).toEqual(['offer/amount', 'contract/head', 'contract/large', 'won/phone']);
    const verdict = moveDeal(sales, deal({ amount: 5 }), { to: 'contract' }, scene());
    expect(verdict).toEqual({
      ok: false,
      refused: [
        {
          stage: 'contract',
          guard: 'head',
          message: { en: 'The head decides.', ru: 'Решает руководитель.' },
          missing: [],
          roles: ['head'],
        },
        { stage: 'contract', guard: 'large', message: 'Too small.', missing: [], when: 'deal.amount >= 100' },
      ],
    });
  });

  it('asks its goal alone on the way back, when the deal gets lost, and of stages that it has not passed', () => {
    expect(refusals('offer', deal({ stage: 'contract' }))).toEqual(['offer/amount']);
    expect(refusals('new', deal({ stage: 'contract' }))).toEqual([]);
    expect(refusals('lost')).toEqual([]);
    expect(refusals('won', deal({ stage: 'contract' }))).toEqual(['won/phone']);
    expect(refusals('won', deal({ stage: 'contract' }), { contact: { ...contact, phone: '+79120000000' } })).toEqual(
      [],
    );
  });

  it('begins before the first stage for a deal of another pipeline and for one that was over', () => {
    expect(refusals('contract', deal({ pipeline: 'other', stage: 'contract', amount: 500 }))).toEqual([
      'contract/head',
    ]);
    expect(refusals('contract', deal({ stage: 'lost', status: 'lost', amount: 500 }), { role: 'head' })).toEqual([]);
  });

  it('counts no empty value for one, and a condition that cannot be answered for none', () => {
    for (const given of [{ phone: '' }, {}]) {
      expect(refusals('won', deal({ stage: 'contract' }), { contact: { ...contact, ...given } })).toEqual([
        'won/phone',
      ]);
    }
    expect(refusals('contract', deal({ stage: 'offer' }), { role: 'head' })).toEqual(['contract/large']);
    expect(refusals('contract', deal({ stage: 'offer', amount: 100 }), { role: 'clerk' })).toEqual(['contract/head']);
  });

  it('leaves the deal as it is then', () => {
    const { now } = scene();
    const won = moveDeal(
      sales,
      deal({ stage: 'contract' }),
      { to: 'won' },
      scene({ contact: { ...contact, phone: '1' } }),
    );
    const times = { stageSince: now, activityAt: now };
    expect(won).toEqual({ ok: true, deal: deal({ stage: 'won', status: 'won', ...times, closedAt: now }) });
    const lost = moveDeal(sales, deal(), { to: 'lost', reason: 'price' }, scene());
    const over = deal({ stage: 'lost', status: 'lost', ...times, closedAt: now, lostReason: 'price' });
    expect(lost).toEqual({ ok: true, deal: over });
    expect(moveDeal(sales, over, { to: 'new' }, scene())).toEqual({ ok: true, deal: deal(times) });
  });

  it('leads nowhere else, and a deal is not lost for a reason that there is not', () => {
    expect(moveDeal(sales, deal(), { to: 'offers' }, scene())).toEqual({ ok: false, unknown: 'stage' });
    for (const reason of [undefined, 'colour']) {
      expect(moveDeal(sales, deal(), { to: 'lost', reason }, scene())).toEqual({ ok: false, unknown: 'reason' });
    }
    const plain = pipeline({ lostReasons: [] });
    expect(moveDeal(plain, deal(), { to: 'lost' }, scene()).ok).toBe(true);
    expect(moveDeal(plain, deal(), { to: 'lost', reason: 'price' }, scene())).toEqual({ ok: false, unknown: 'reason' });
  });
});
