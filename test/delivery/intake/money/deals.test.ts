import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Documents } from '../../../../store/models/document.ts';
import { Payments } from '../../../../store/models/payment.ts';
import { start } from '../bench.ts';
import { email, phone, Till } from './till.ts';

let till: Till;
beforeAll(async () => {
  till = await Till.open();
});
afterAll(async () => await till.bench.close());

const stages = [
  { key: 'new', name: 'New' },
  { key: 'payment', name: 'Payment' },
];
const moves = [
  { id: 'paid', from: ['payment'], to: 'won', when: 'deal.paid > 0 && deal.paid >= deal.amount' },
  { id: 'agreed', from: ['new'], to: 'payment', on: 'contract.signed' },
];
beforeEach(async () => await till.clear({ stages, moves }));

/** A document of a deal, as far as payments look at it. */
async function document(number: string, dealId: string, contactId: string): Promise<void> {
  await Documents.collection.insertOne({
    ...{ _id: `id-${number}`, number, dealId, contactId, series: 'INV', year: 2026, n: 1, status: 'issued', gross: 1 },
    ...{ template: {}, snapshot: {}, createdBy: 'api', createdAt: new Date(start) },
  } as object);
}

describe('a payment for a deal', () => {
  it('moves it when all of it is paid, in parts, by whatever names it, and tells what changed', async () => {
    const { _id, contactId } = await till.opens({ amount: 100 }, { stage: 'payment' });
    await document('INV-1', _id, contactId);
    await till.tells('payment.received', { paymentId: '1', amount: 40, dealId: _id });
    await till.tells('payment.received', { paymentId: '2', amount: 30, document: 'INV-1' });
    await till.tells('order.placed', { orderId: 'a', amount: 100, dealId: _id });
    expect(await till.deal(_id)).toMatchObject({ status: 'open', received: { RUB: 70 } });
    await till.tells('payment.received', { paymentId: '3', amount: 30, orderId: 'a' });
    expect(await till.deal(_id)).toMatchObject({
      status: 'won',
      received: { RUB: 100 },
      moves: [{}, { move: 'paid' }],
    });
    expect(await till.payment('2')).toMatchObject({ dealId: _id, document: 'INV-1' });
    const changes = (await till.events(_id)).filter(({ name }) => name === 'deal.changed').map(({ data }) => data);
    expect(changes).toMatchObject([
      { changes: [{ field: 'paid', from: 0, to: 40 }], by: 'system', why: 'payment.received', deal: { paid: 40 } },
      { changes: [{ field: 'paid', from: 40, to: 70 }] },
      { changes: [{ field: 'paid', from: 70, to: 100 }], deal: { stage: 'payment' } },
      { changes: [{ field: 'stage', to: 'won' }, { field: 'status' }] },
    ]);
    expect((await till.contact()).money).toMatchObject({ paid: 100, orders: 1 });
    expect(await till.problems()).toEqual([]);
  });

  it('that comes before the contract wins it once it comes into the stage', async () => {
    const { _id } = await till.opens({ amount: 100 });
    await till.tells('payment.received', { amount: 100, dealId: _id });
    expect(await till.deal(_id)).toMatchObject({ stage: 'new' });
    await till.happens('contract.signed');
    expect(await till.deal(_id)).toMatchObject({ status: 'won' });
  });

  it('that is given back is not paid any more; a deal that is over stays so', async () => {
    const { _id } = await till.opens({ amount: 100 }, { stage: 'payment' });
    await till.tells('payment.received', { paymentId: 'p', amount: 100, dealId: _id });
    await till.tells('payment.refunded', { paymentId: 'p', amount: 60 });
    expect(await till.paid(_id)).toBe(40);
    expect(await till.deal(_id)).toMatchObject({ status: 'won' });
    expect(await till.tells('payment.refunded', { dealId: _id, amount: 41 })).toMatchObject([
      { code: 'REFUND_EXCESSIVE' },
    ]);
    expect(await till.paid(_id)).toBe(40);
  });

  it('counts for no deal when it names none of its contact, and for the right one when it is sent again', async () => {
    const stranger = await till.opens({}, { email: 'stranger@example.com' });
    const { _id } = await till.opens({ amount: 100 });
    for (const [data, message] of [
      [{ paymentId: '1', dealId: 'nothing' }, 'there is no deal nothing'],
      [{ paymentId: '2', dealId: stranger._id }, "another contact's"],
      [{ paymentId: '3', document: 'INV-9' }, 'there is no document INV-9'],
    ] as const) {
      expect(await till.tells('payment.received', { ...data, amount: 10 })).toMatchObject([
        { code: 'PAYMENT_ASTRAY', message: expect.stringContaining(message), kept: true },
      ]);
    }
    expect((await till.contact()).money).toMatchObject({ paid: 30 });
    expect([await till.paid(_id), await till.paid(stranger._id)]).toEqual([0, 0]);
    expect(await till.tells('payment.received', { paymentId: '1', amount: 10, dealId: _id })).toEqual([]);
    expect(await till.paid(_id)).toBe(10);
    expect(await till.payment('1')).not.toHaveProperty('problem');
    expect((await till.contact()).money).toMatchObject({ paid: 30 });
  });

  it('in another currency is listed and not added, until the deal is in that currency', async () => {
    const { _id } = await till.opens({ amount: 100 }, { stage: 'payment' });
    expect(await till.tells('payment.received', { amount: 100, currency: 'EUR', dealId: _id })).toMatchObject([
      { code: 'PAYMENT_CURRENCY', message: expect.stringContaining('is in RUB, not EUR') },
    ]);
    expect((await till.contact()).money).toMatchObject({ paid: 0, other: [{ currency: 'EUR', paid: 100 }] });
    expect(await till.deal(_id)).toMatchObject({ status: 'open' });
    await till.does({ do: 'change', dealId: _id, set: { currency: 'EUR' } });
    expect(await till.paid(_id)).toBe(100);
    expect(await till.deal(_id)).toMatchObject({ status: 'won' });
    expect(await Payments.find({ problem: { $exists: true } }).lean()).toEqual([]);
  });

  it('takes the currency of the deal when it says none', async () => {
    const { _id } = await till.opens({ amount: 5, currency: 'EUR' });
    await till.tells('payment.received', { paymentId: 'p', amount: 5, dealId: _id });
    expect(await till.payment('p')).toMatchObject({ currency: 'EUR' });
    expect(await till.paid(_id)).toBe(5);
  });

  it('reaches the deal that was opened for its order', async () => {
    await till.tells('order.placed', { orderId: 'a', amount: 100 });
    const { _id } = await till.opens({ amount: 100, attributes: { orderId: 'a' } }, { stage: 'payment' });
    await till.tells('payment.received', { amount: 100, orderId: 'a' });
    expect(await till.deal(_id)).toMatchObject({ status: 'won' });
    expect(await till.order('a')).toMatchObject({ dealId: _id });
  });
});

describe('contacts that turn out to be one', () => {
  it('have the sums of both, and each its own again when that is undone', async () => {
    await till.tells('order.placed', { orderId: 'a', amount: 10 }, { email });
    await till.tells('order.placed', { orderId: 'b', amount: 5 }, { phone }, start + 1);
    const { _id } = await till.opens({ amount: 100 }, { email: undefined, phone }, start + 2);
    await till.tells('payment.received', { paymentId: 'p', amount: 20, dealId: _id }, { phone });
    const gone = await till.contact({ phoneKey: phone });
    await till.merges(start + 3);
    const both = { orders: 2, ordered: 15, paid: 20, firstOrderAt: start, lastOrderAt: start + 1 };
    expect((await till.contact()).money).toMatchObject(both);
    // While they are one, money comes for a deal and an order of the one that went.
    await till.tells('payment.received', { paymentId: 'q', amount: 30, dealId: _id }, { email });
    await till.tells('payment.received', { paymentId: 'r', amount: 5, orderId: 'b' }, { email });
    await till.tells('order.placed', { orderId: 'c', amount: 7 }, { email }, start + 4);
    const survivor = await till.contact();
    expect(survivor.money).toMatchObject({ orders: 3, ordered: 22, paid: 55 });
    await till.undoesMerge(survivor, gone._id);
    expect((await till.contact()).money).toMatchObject({ orders: 2, ordered: 17, paid: 0 });
    expect((await till.contact({ phoneKey: phone })).money).toMatchObject({ orders: 1, ordered: 5, paid: 55 });
    expect(await till.paid(_id)).toBe(50);
    expect(await till.problems()).toEqual([]);
  });

  it('have no sums while neither has ordered or paid', async () => {
    await till.happens('page.viewed');
    await till.apply([['event', { phone, event: 'page.viewed' }]]);
    await till.merges();
    const survivor = await till.contact();
    expect(survivor).not.toHaveProperty('money');
    await till.undoesMerge(survivor, survivor.mergedFrom[0] ?? '');
    expect(await till.contact()).not.toHaveProperty('money');
  });
});
