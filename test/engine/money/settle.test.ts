import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Order, type Payment, settle } from '../../../engine/money/settle.ts';

const order = (id: string, amount: number, more: Partial<Order> = {}): Order => {
  return { id, amount, currency: 'RUB', placedAt: 1, ...more };
};
const paid = (id: string, amount: number, more: Partial<Payment> = {}): Payment => {
  return { id, kind: 'payment', amount, currency: 'RUB', at: 1, ...more };
};
const back = (id: string, amount: number, more: Partial<Payment> = {}): Payment => {
  return { ...paid(id, amount, { at: 2, ...more }), kind: 'refund' };
};

describe('what a contact ordered and paid', () => {
  it('is summed in the currency of the company; other currencies are listed', () => {
    const orders = [order('a', 100), order('b', 0.1, { placedAt: 7 }), order('c', 5, { currency: 'EUR' })];
    const { money } = settle(orders, [paid('p', 0.1), paid('q', 0.2), paid('r', 3, { currency: 'JPY' })], 'RUB');
    expect(money).toEqual({
      currency: 'RUB',
      orders: 2,
      ordered: 100.1,
      paid: 0.3,
      average: 50.05,
      firstOrderAt: 1,
      lastOrderAt: 7,
      other: [
        { currency: 'EUR', orders: 1, ordered: 5, paid: 0 },
        { currency: 'JPY', orders: 0, ordered: 0, paid: 3 },
      ],
    });
  });

  it('is nothing for nobody', () => {
    expect(settle([], [], 'RUB').money).toEqual({
      currency: 'RUB',
      orders: 0,
      ordered: 0,
      paid: 0,
      average: 0,
      other: [],
    });
  });

  it('holds no cancelled order, nor one of which only the cancellation is known', () => {
    const orders = [order('a', 100, { cancelledAt: 3 }), { id: 'b', currency: 'RUB', cancelledAt: 1 }, order('c', 7)];
    expect(settle(orders, [], 'RUB').money).toMatchObject({ orders: 1, ordered: 7, average: 7 });
  });
});

describe('a refund', () => {
  it('takes back no more than what it names is worth', () => {
    const payments = [paid('p', 60, { orderId: 'a', dealId: 'd' }), paid('q', 40, { dealId: 'd' })];
    for (const [refund, left] of [
      [back('r', 60, { paymentId: 'p', orderId: 'a', dealId: 'd' }), 40],
      [back('r', 61, { paymentId: 'p', orderId: 'a', dealId: 'd' }), 100],
      [back('r', 61, { orderId: 'a', dealId: 'd' }), 100],
      [back('r', 100, { dealId: 'd' }), 0],
      [back('r', 101), 100],
      [back('r', 1, { currency: 'EUR' }), 100],
    ] as const) {
      const { money, deals, excess } = settle([], [...payments, refund], 'RUB');
      expect([money.paid, deals.get('d')?.RUB ?? 0, excess.has('r')]).toEqual([left, left, left === 100]);
    }
  });

  it('of what an earlier one gave back does not count, whichever became known first', () => {
    const refunds = [back('second', 50, { paymentId: 'p', at: 9 }), back('first', 60, { paymentId: 'p', at: 3 })];
    for (const payments of [refunds, refunds.toReversed()]) {
      const { money, excess } = settle([], [...payments, paid('p', 100)], 'RUB');
      expect([money.paid, [...excess]]).toEqual([40, ['second']]);
    }
  });
});

const cents = fc.integer({ min: 1, max: 100_000 }).map((n) => n / 100);
const codes = fc.constantFrom('RUB', 'RUB', 'EUR');
const names = fc.option(fc.constantFrom('one', 'two'), { nil: undefined });
const orders = fc.uniqueArray(
  fc.record({
    id: fc.nat(20).map(String),
    amount: fc.option(cents, { nil: undefined }),
    currency: codes,
    placedAt: fc.nat(50),
    cancelledAt: fc.option(fc.nat(50), { nil: undefined, freq: 3 }),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);
const payments = fc.uniqueArray(
  fc.record({
    id: fc.nat(40).map(String),
    kind: fc.constantFrom('payment' as const, 'payment' as const, 'refund' as const),
    amount: cents,
    currency: codes,
    at: fc.nat(20),
    orderId: names,
    dealId: names,
  }),
  { selector: ({ id }) => id, maxLength: 16 },
);

describe('whatever was told, in whatever order', () => {
  it('comes to a plain recount in hundredths, and never below nothing', () => {
    fc.assert(
      fc.property(orders, payments, (orders, payments) => {
        const { money, deals, excess } = settle(orders, payments, 'RUB');
        const live = orders.filter((one) => one.amount !== undefined && one.cancelledAt === undefined);
        for (const sums of [money, ...money.other]) {
          const own = live.filter(({ currency }) => currency === sums.currency);
          expect(sums.orders).toBe(own.length);
          expect(Math.round(sums.ordered * 100)).toBe(hundredths(own.map(({ amount = 0 }) => amount)));
          expect(Math.round(sums.paid * 100)).toBe(net(payments, excess, (one) => one.currency === sums.currency));
          expect(sums.paid).toBeGreaterThanOrEqual(0);
        }
        for (const [deal, received] of deals) {
          for (const currency of ['RUB', 'EUR']) {
            const own = net(payments, excess, (one) => one.dealId === deal && one.currency === currency);
            expect(Math.round((received[currency] ?? 0) * 100)).toBe(own);
            expect(own).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('comes to the same in any order', () => {
    const shuffled = fc.tuple(orders, payments).chain(([orders, payments]) =>
      fc.record({
        told: fc.constant({ orders, payments }),
        again: fc.record({ orders: shuffle(orders), payments: shuffle(payments) }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ told, again }) => {
        const [one, other] = [told, again].map(({ orders, payments }) => settle(orders, payments, 'RUB'));
        expect(other?.money).toEqual(one?.money);
        expect(new Map(other?.deals)).toEqual(new Map(one?.deals));
        expect(new Set(other?.excess)).toEqual(new Set(one?.excess));
      }),
      { numRuns: 500 },
    );
  });
});

function shuffle<T>(list: T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length });
}

function hundredths(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0);
}

function net(payments: readonly Payment[], excess: ReadonlySet<string>, of: (one: Payment) => boolean): number {
  const own = payments.filter((one) => of(one) && !excess.has(one.id));
  const sum = (kind: Payment['kind']) => hundredths(own.filter((one) => one.kind === kind).map(({ amount }) => amount));
  return sum('payment') - sum('refund');
}
