import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Events } from '../../../../store/models/event.ts';
import { Instances } from '../../../../store/models/instance.ts';
import { Orders } from '../../../../store/models/order.ts';
import { Payments } from '../../../../store/models/payment.ts';
import { processBody, publish, start } from '../bench.ts';
import { email, phone, Till } from './till.ts';

let till: Till;
beforeAll(async () => {
  till = await Till.open();
});
afterAll(async () => await till.bench.close());
beforeEach(async () => await till.clear());

const hour = 3_600_000;

describe('an order', () => {
  it('is kept once by its id, whoever says amount or total, and however the id is written', async () => {
    expect(await till.tells('order.placed', { orderId: 7, total: '1200.50', items: [{ name: 'Tea' }] })).toEqual([]);
    expect(await till.tells('order.placed', { orderId: '7', amount: 1200.5 }, { email }, start + hour)).toEqual([]);
    expect(await Orders.find().lean()).toMatchObject([
      { _id: '7', amount: 1200.5, currency: 'RUB', placedAt: new Date(start), items: [{ name: 'Tea' }] },
    ]);
    expect((await till.contact()).money).toEqual({
      currency: 'RUB',
      orders: 1,
      ordered: 1200.5,
      paid: 0,
      average: 1200.5,
      firstOrderAt: start,
      lastOrderAt: start,
      other: [],
    });
  });

  it('that is cancelled does not count, even if its cancellation comes first', async () => {
    await till.tells('order.cancelled', { orderId: 'b' });
    await till.tells('order.placed', { orderId: 'a', amount: 10 });
    await till.tells('order.placed', { orderId: 'b', amount: 20 });
    expect((await till.contact()).money).toMatchObject({ orders: 1, ordered: 10 });
    await till.tells('order.cancelled', { orderId: 'a' });
    expect((await till.contact()).money).toMatchObject({ orders: 0, ordered: 0, average: 0 });
    expect(await till.problems()).toEqual([]);
  });

  it('of which nothing is said is an event like any other', async () => {
    expect(await till.tells('order.placed', { page: '/thanks' })).toEqual([]);
    expect(await Orders.countDocuments()).toBe(0);
    expect(await till.contact()).not.toHaveProperty('money');
  });

  it('counts before segments and processes look at it', async () => {
    await publish({ kind: 'segment', key: 'good', name: 'Good', when: 'contact.money.ordered >= 100' });
    const triggers = [{ on: 'event', event: 'order.placed', when: 'contact.money.orders == 2' }];
    await publish(processBody('second', { triggers }));
    await till.tells('order.placed', { orderId: 'a', amount: 60 });
    expect(await Instances.countDocuments({ process: 'second' })).toBe(0);
    await till.tells('order.placed', { orderId: 'b', amount: 60 });
    expect((await till.contact()).segments).toEqual(['good']);
    expect(await Instances.countDocuments({ process: 'second' })).toBe(1);
    await till.tells('order.cancelled', { orderId: 'b' });
    expect((await till.contact()).segments).toEqual([]);
  });
});

describe('what cannot be booked', () => {
  it.each([
    ['order.placed', { orderId: 'a', amount: -5 }, 'MONEY_INVALID', 'amount: Too small'],
    ['order.placed', { orderId: 'a', amount: 'much' }, 'MONEY_INVALID', 'amount: write a number'],
    ['order.placed', { orderId: 'a' }, 'MONEY_INVALID', 'amount: write a number'],
    ['payment.received', { amount: -5 }, 'MONEY_INVALID', 'amount: Too small'],
    ['payment.received', { amount: 5, currency: 'rubles' }, 'MONEY_INVALID', 'currency: write an ISO 4217 code'],
    ['payment.refunded', { paymentId: 'p', amount: 0 }, 'MONEY_INVALID', 'amount: Too small'],
    ['order.cancelled', { orderId: [] }, 'MONEY_INVALID', 'orderId: write a text'],
  ])('%s %j is kept in the history and answered %s', async (name, data, code, message) => {
    const said = { code, message: expect.stringContaining(message) };
    expect(await till.tells(name, data)).toMatchObject([{ ...said, kept: true }]);
    expect(await till.problems()).toMatchObject([{ ...said, name, booked: false }]);
    expect([await Orders.countDocuments(), await Payments.countDocuments()]).toEqual([0, 0]);
  });

  it('is another order or payment under the same id, of the same contact or another', async () => {
    await till.tells('order.placed', { orderId: 'a', amount: 10 });
    await till.tells('payment.received', { paymentId: 'p', amount: 10, orderId: 'a' });
    const other = { phone };
    for (const [name, data, who, code] of [
      ['order.placed', { orderId: 'a', amount: 11 }, { email }, 'ORDER_CONFLICT'],
      ['order.placed', { orderId: 'a', amount: 10 }, other, 'ORDER_CONFLICT'],
      ['order.cancelled', { orderId: 'a' }, other, 'ORDER_CONFLICT'],
      ['payment.received', { paymentId: 'p', amount: 10, currency: 'EUR' }, { email }, 'PAYMENT_CONFLICT'],
      ['payment.received', { paymentId: 'p', amount: 10 }, other, 'PAYMENT_CONFLICT'],
    ] as const) {
      expect(await till.tells(name, data, who)).toMatchObject([{ code, kept: true }]);
    }
    expect((await till.contact()).money).toMatchObject({ orders: 1, ordered: 10, paid: 10 });
    expect(await till.contact({ phoneKey: phone })).not.toHaveProperty('money');
  });
});

describe('a refund', () => {
  it('lowers what was paid, once', async () => {
    await till.tells('payment.received', { paymentId: 'p', amount: 100 });
    for (const _ of [1, 2]) await till.tells('payment.refunded', { refundId: 'r', paymentId: 'p', amount: 30 });
    expect((await till.contact()).money).toMatchObject({ paid: 70 });
  });

  it('of more than was paid does not count, until the payment that came late is there', async () => {
    await till.tells('payment.received', { paymentId: 'p', amount: 100 });
    const problem = { code: 'REFUND_EXCESSIVE', message: expect.stringContaining('150 RUB') };
    expect(await till.tells('payment.refunded', { refundId: 'r', amount: 150 })).toMatchObject([problem]);
    expect((await till.contact()).money).toMatchObject({ paid: 100 });
    expect(await till.payment('refund/r')).toMatchObject({ problem });
    expect(await till.tells('payment.received', { paymentId: 'q', amount: 50 })).toEqual([]);
    expect((await till.contact()).money).toMatchObject({ paid: 0 });
    expect(await till.payment('refund/r')).not.toHaveProperty('problem');
    expect(await till.problems()).toMatchObject([{ ...problem, booked: true, payment: 'refund/r' }]);
  });
});

describe('orders of one batch', () => {
  it('come to the same as one by one, and those beside them go on', async () => {
    const receipt = await till.apply([
      ['event', { email, event: 'order.placed', data: { orderId: 'a', amount: 10 } }],
      ['event', { email, event: 'order.placed', data: { orderId: 'b', amount: -1 } }],
      ['event', { phone, event: 'order.placed', data: { orderId: 'c', amount: 5 } }],
      ['event', { contactId: 'nobody', event: 'order.placed', data: { orderId: 'd', amount: 5 } }],
      ['event', { email, event: 'payment.received', data: { amount: 4, orderId: 'a' } }],
      ['event', { email, event: 'page.viewed' }],
    ]);
    expect(receipt).toMatchObject({ status: 'done', applied: 6 });
    expect(receipt.problems.map(({ code, kept }) => [code, kept])).toEqual([
      ['MONEY_INVALID', true],
      ['NOT_FOUND', undefined],
    ]);
    expect((await till.contact()).money).toMatchObject({ orders: 1, ordered: 10, paid: 4 });
    expect((await till.contact({ phoneKey: phone })).money).toMatchObject({ orders: 1, ordered: 5 });
    expect(await Events.countDocuments({ name: 'order.placed' })).toBe(3);
  });
});
