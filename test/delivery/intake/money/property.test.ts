import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settle } from '../../../../engine/money/settle.ts';
import { type ContactDoc, Contacts } from '../../../../store/models/contact.ts';
import { type DealDoc, Deals } from '../../../../store/models/deal.ts';
import { type OrderDoc, Orders } from '../../../../store/models/order.ts';
import { type PaymentDoc, Payments } from '../../../../store/models/payment.ts';
import { start } from '../bench.ts';
import { email, phone, Till } from './till.ts';

let till: Till;
beforeAll(async () => {
  till = await Till.open();
});
afterAll(async () => await till.bench.close());

const who = fc.constantFrom({ email }, { phone });
const orderId = fc.constantFrom('a', 'b', 'c');
const paymentId = fc.constantFrom('1', '2', '3', '4');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const amount = fc.integer({ min: 1, max: 3 }).map((n) => n * 10.1);
const currency = fc.constantFrom(undefined, undefined, undefined, 'EUR');
const told = fc.record({
  who,
  name: fc.constantFrom('order.placed', 'order.cancelled', 'payment.received', 'payment.received', 'payment.refunded'),
  data: fc.record({
    orderId: maybe(orderId),
    paymentId: maybe(paymentId),
    refundId: maybe(paymentId),
    amount,
    currency,
  }),
  /** Number of the deal that it is for. */
  deal: maybe(fc.constantFrom(0, 1)),
});
const deeds = fc.array(fc.oneof({ weight: 8, arbitrary: told }, fc.constantFrom('merge' as const, 'part' as const)), {
  minLength: 4,
  maxLength: 18,
});
const batches = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 18, maxLength: 18 });

type Items = Parameters<Till['apply']>[0];

it('whatever is told of orders and payments, merges and their undoing, sums are those of a plain recount', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, batches, async (deeds, batches) => {
      await till.clear();
      const deals = [
        await till.opens({ amount: 50 }),
        await till.opens({ amount: 50 }, { email: undefined, phone }, start + 1),
      ];
      const ids = deals.map(({ contactId }) => contactId);
      const items = deeds.map((deed): Items[number] => {
        if (deed === 'merge') return ['lead', { email, phone }];
        if (deed === 'part') return ['unmerge', { contactId: ids[0], absorbed: ids[1], by: 'test' }];
        const { who, name, data, deal } = deed;
        const dealId = deal === undefined ? undefined : deals[deal]?._id;
        return ['event', { ...who, event: name, data: JSON.parse(JSON.stringify({ ...data, dealId })) }];
      });
      for (let n = 0, batch = 0; n < items.length; batch += 1) {
        const size = batches[batch] ?? 1;
        await till.apply(items.slice(n, n + size), start + 2 + n);
        n += size;
      }
      await recounted();
    }),
    { numRuns: 40 },
  );
});

/** Counts all that is in the store anew, without what was counted on the way. */
async function recounted(): Promise<void> {
  const [contacts, deals, orders, payments] = await Promise.all([
    Contacts.find({ mergedInto: { $exists: false } }).lean<ContactDoc[]>(),
    Deals.find().lean<DealDoc[]>(),
    Orders.find().lean<OrderDoc[]>(),
    Payments.find().lean<PaymentDoc[]>(),
  ]);
  const counts = (one: PaymentDoc) => one.problem?.code !== 'REFUND_EXCESSIVE';
  const net = (list: readonly PaymentDoc[]) =>
    list
      .filter(counts)
      .reduce((sum, { kind, amount }) => sum + Math.round(amount * (kind === 'refund' ? -100 : 100)), 0);
  for (const { _id, mergedFrom, money } of contacts) {
    const own = <D extends { contactId: string }>({ contactId }: D) => [_id, ...mergedFrom].includes(contactId);
    const live = orders.filter((one) => own(one) && one.placedAt !== undefined && one.cancelledAt === undefined);
    for (const currency of ['RUB', 'EUR']) {
      const sums = money && [money, ...money.other].find((one) => one.currency === currency);
      const placed = live.filter((one) => one.currency === currency);
      const ordered = placed.reduce((sum, { amount = 0 }) => sum + Math.round(amount * 100), 0);
      expect(sums?.orders ?? 0).toBe(placed.length);
      expect(Math.round((sums?.ordered ?? 0) * 100)).toBe(ordered);
      const paid = net(payments.filter((one) => own(one) && one.currency === currency));
      expect(Math.round((sums?.paid ?? 0) * 100)).toBe(paid);
      expect(paid).toBeGreaterThanOrEqual(0);
    }
    // Which refunds count follows from what is there, not from the way there.
    const mine = payments.filter(own);
    const { excess } = settle(
      [],
      mine.map(({ _id, at, ...one }) => ({ ...one, id: _id, at: at.getTime() })),
      'RUB',
    );
    expect(new Set(mine.flatMap((one) => (counts(one) ? [] : one._id)))).toEqual(excess);
  }
  for (const { _id, received = {} } of deals) {
    for (const currency of ['RUB', 'EUR']) {
      const paid = net(payments.filter((one) => one.dealId === _id && one.currency === currency));
      expect(Math.round((received[currency] ?? 0) * 100)).toBe(paid);
    }
  }
}
