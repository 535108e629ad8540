import { describe, expect, it } from 'vitest';
import type { ContactMoney } from '../../../engine/model/money.ts';
import { type AcquiredContact, Acquisition, type Cost, keyOf } from '../../../engine/money/acquisition.ts';

const june = { from: '2026-06-01', to: '2026-06-30' };

function came(
  id: string,
  attributes: AcquiredContact['attributes'],
  money: Partial<ContactMoney> = {},
): AcquiredContact {
  const none = { currency: 'RUB', orders: 0, ordered: 0, paid: 0, average: 0, other: [] };
  return { id, attributes, ...(Object.keys(money).length > 0 && { money: { ...none, ...money } }) };
}

function cost(parts: Partial<Cost>): Cost {
  return { id: 'c', source: 'yandex', from: '2026-06-01', to: '2026-06-30', amount: 0, currency: 'RUB', ...parts };
}

describe('what acquisition costs and brings', () => {
  it('is as worked out by hand', () => {
    const report = new Acquisition('source', 'RUB');
    // Of these 31 days 30 lie in June: 3100 × 30/31 = 3000.
    report.addCost(cost({ id: 'a', amount: 3100, from: '2026-05-31', to: '2026-06-30' }), june);
    // 100 for 3 days, of which one lies in June: 33.33.
    report.addCost(cost({ id: 'b', amount: 100, from: '2026-06-30', to: '2026-07-02' }), june);
    report.addCost(cost({ id: 'c', amount: 500, from: '2026-07-01', to: '2026-07-31' }), june);
    report.addCost(cost({ id: 'd', amount: 20, currency: 'EUR' }), june);
    for (const contact of [
      came('1', { source: 'yandex' }, { orders: 2, ordered: 5000, paid: 4500 }),
      came('2', { utm_source: 'yandex' }, { orders: 1, ordered: 1000, paid: 1000 }),
      came('3', { source: 'yandex' }),
      came('4', { source: 'yandex' }, { orders: 0, paid: 0 }),
      came('5', { source: 'friends' }, { other: [{ currency: 'EUR', orders: 1, ordered: 9, paid: 9 }] }),
      came('6', {}),
    ]) {
      report.addContact(contact);
    }
    expect(report.rows()).toEqual([
      {
        key: 'yandex',
        cost: 3033.33,
        otherCosts: { EUR: 20 },
        costs: ['a', 'b', 'd'],
        leads: 4,
        customers: 2,
        revenue: 5500,
        averageCheck: 2000,
        ltv: 2750,
        cac: 1516.67,
        roi: 0.8132,
      },
      { key: '', cost: 0, otherCosts: {}, costs: [], leads: 1, customers: 0, revenue: 0 },
      { key: 'friends', cost: 0, otherCosts: {}, costs: [], leads: 1, customers: 1, revenue: 0, ltv: 0, cac: 0 },
    ]);
  });

  it('goes by campaign as well; a cost without one is under none', () => {
    const report = new Acquisition('campaign', 'RUB');
    report.addCost(cost({ id: 'a', campaign: 'summer', amount: 300 }), june);
    report.addCost(cost({ id: 'b', amount: 100 }), june);
    report.addContact(came('1', { source: 'yandex', campaign: 'summer' }, { paid: 200 }));
    expect(report.rows()).toMatchObject([
      { key: 'summer', cost: 300, leads: 1, customers: 1, cac: 300, roi: -0.3333 },
      { key: '', cost: 100, leads: 0, costs: ['b'] },
    ]);
  });

  it('takes the attribute before the tag of the link, and a text only', () => {
    expect(keyOf({ attributes: { source: 'call', utm_source: 'yandex' } }, 'source')).toBe('call');
    expect(keyOf({ attributes: { source: ' ', utm_source: ' yandex ' } }, 'source')).toBe('yandex');
    expect(keyOf({ attributes: { source: 7 } }, 'source')).toBe('');
  });
});
