import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Contacts } from '../../store/models/contact.ts';
import { Costs } from '../../store/models/cost.ts';
import { Deals } from '../../store/models/deal.ts';
import { Definitions, DefinitionVersions } from '../../store/models/definition.ts';
import { Events } from '../../store/models/event.ts';
import { Orders } from '../../store/models/order.ts';
import { Payments } from '../../store/models/payment.ts';
import { publish } from '../delivery/intake/bench.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;
beforeAll(async () => {
  api = await apiBench();
});
afterAll(async () => await api.close());
beforeEach(async () => {
  const models = [Contacts, Costs, Deals, Definitions, DefinitionVersions, Events, Orders, Payments];
  for (const model of models) await model.collection.deleteMany({});
});

/** Sends events as a shop would. @returns what /api/intake says of them */
async function tell(...events: object[]) {
  const { body } = await api.call('POST', '/api/events', { events });
  await api.drain();
  return (await api.call('GET', `/api/intake/${body.id}`)).body;
}

const read = async (path: string) => await api.call('GET', `/api${path}`);
const email = 'anna@example.com';
const order = (data: object, who: object = { email }) => ({ ...who, event: 'order.placed', data });
const payment = (data: object, who: object = { email }) => ({ ...who, event: 'payment.received', data });
const refund = (data: object, who: object = { email }) => ({ ...who, event: 'payment.refunded', data });

async function contactId(of = email): Promise<string> {
  return (await read(`/contacts?search=${of}`)).body.items[0].id;
}

describe('what a contact ordered and paid', () => {
  it('is on its card, with the events that could not be booked', async () => {
    const receipt = await tell(
      { ...order({ orderId: 'a', amount: 100 }), occurredAt: '2026-03-02T09:00:00Z' },
      { ...payment({ paymentId: 'p', amount: 60, orderId: 'a' }), occurredAt: '2026-03-03T09:00:00Z' },
      refund({ refundId: 'r', amount: 70, orderId: 'a' }),
      order({ orderId: 'b', amount: -1 }),
    );
    expect(receipt).toMatchObject({
      status: 'done',
      problems: [
        { item: `${receipt.id}.2`, code: 'REFUND_EXCESSIVE', kept: true },
        { item: `${receipt.id}.3`, code: 'MONEY_INVALID', kept: true, message: expect.stringContaining('amount: ') },
      ],
    });
    const id = await contactId();
    const { status, body } = await read(`/contacts/${id}/money`);
    expect(status).toBe(200);
    const sums = { currency: 'RUB', orders: 1, ordered: 100, paid: 60, average: 100 };
    expect(body).toMatchObject({
      money: { ...sums, firstOrderAt: '2026-03-02T09:00:00.000Z', other: [] },
      orders: [{ id: 'a', contactId: id, amount: 100, placedAt: '2026-03-02T09:00:00.000Z' }],
      payments: [
        { id: 'refund/r', kind: 'refund', orderId: 'a', problem: { code: 'REFUND_EXCESSIVE' } },
        { id: 'p', kind: 'payment', amount: 60, at: '2026-03-03T09:00:00.000Z' },
      ],
      refused: [{ event: `${receipt.id}.3`, name: 'order.placed', code: 'MONEY_INVALID' }],
    });
    expect((await read(`/contacts/${id}`)).body.money).toEqual(body.money);
    expect((await read('/contacts/nobody/money')).status).toBe(404);
  });

  it('is of the survivor when two turn out to be one', async () => {
    await tell(order({ orderId: 'a', amount: 1 }), order({ orderId: 'b', amount: 2 }, { phone: '+79123456789' }));
    await api.call('POST', '/api/leads', { email, phone: '+79123456789' });
    await api.drain();
    const { body } = await read(`/contacts/${await contactId()}/money`);
    expect(body).toMatchObject({ money: { ordered: 3 }, orders: [{}, {}] });
    expect(new Set(body.orders.map((one: { contactId: string }) => one.contactId)).size).toBe(1);
  });
});

describe('what was paid for a deal', () => {
  it('is on its card, with what is left', async () => {
    await publish({ kind: 'pipeline', key: 'sales', name: 'Sales', stages: [{ key: 'new', name: 'New' }] });
    const { body: opened } = await api.call('POST', '/api/deals', {
      ...{ email, pipeline: 'sales', title: 'A machine', amount: 100.1 },
    });
    await api.drain();
    await tell(payment({ paymentId: 'p', amount: 40, dealId: opened.id }), order({ orderId: 'a', amount: 9 }));
    expect((await read(`/deals/${opened.id}`)).body).toMatchObject({ amount: 100.1, paid: 40 });
    expect((await read(`/deals/${opened.id}/money`)).body).toMatchObject({
      ...{ amount: 100.1, paid: 40, left: 60.1, currency: 'RUB', orders: [] },
      payments: [{ id: 'p', dealId: opened.id }],
    });
    const { body: history } = await read(`/contacts/${await contactId()}/timeline?type=event`);
    expect(JSON.stringify(history.items)).toContain('payment.received');
  });
});

describe('what acquisition costs and brings', () => {
  const cost = { source: 'yandex', from: '2026-03-01', to: '2026-03-31', amount: 3100 };

  it('is as worked out by hand, and names the contacts behind each number', async () => {
    const { status, body: entered } = await api.call('POST', '/api/costs', { ...cost, campaign: 'spring' });
    expect([status, entered.currency]).toEqual([201, 'RUB']);
    await api.call('POST', '/api/costs', { ...cost, amount: 5, currency: 'EUR' });
    const people = [
      ['one@example.com', { source: 'yandex', campaign: 'spring' }, [300, 500]],
      ['two@example.com', { utm_source: 'yandex' }, [1000]],
      ['three@example.com', { source: 'yandex', campaign: 'spring' }, []],
      ['four@example.com', { source: 'friends' }, [50]],
    ] as const;
    for (const [who, attributes, orders] of people) {
      await api.call('POST', '/api/leads', { email: who, attributes });
      await api.drain();
      for (const [n, amount] of orders.entries()) {
        const orderId = `${who}-${n}`;
        await tell(
          order({ orderId, amount }, { email: who }),
          payment({ paymentId: orderId, orderId, amount: amount / 2 }, { email: who }),
        );
      }
    }
    await Contacts.updateMany({}, { $set: { createdAt: new Date('2026-03-10T12:00:00Z') } });
    // In the company's zone, UTC, this one came on the day after.
    await Contacts.updateOne(
      { emailKey: 'four@example.com' },
      { $set: { createdAt: new Date('2026-03-11T00:00:00Z') } },
    );

    // Ten of 31 days: 3100 × 10/31 = 1000, and 5 × 10/31 = 1.61.
    const period = 'from=2026-03-01&to=2026-03-10';
    const report = await read(`/reports/acquisition?${period}`);
    expect(report.body).toEqual({
      currency: 'RUB',
      rows: [
        {
          key: 'yandex',
          cost: 1000,
          otherCosts: { EUR: 1.61 },
          costs: [entered.id, expect.any(String)],
          leads: 3,
          customers: 2,
          revenue: 900,
          averageCheck: 600,
          ltv: 450,
          cac: 500,
          roi: -0.1,
        },
      ],
    });
    const behind = async (query: string) => {
      const { body } = await read(`/reports/acquisition/contacts?${period}&${query}`);
      return body.items.map((one: { email: string }) => one.email).sort();
    };
    expect(await behind('key=yandex')).toEqual(['one@example.com', 'three@example.com', 'two@example.com']);
    expect(await behind('key=yandex&customers=true')).toEqual(['one@example.com', 'two@example.com']);
    expect(await behind('by=campaign&key=spring')).toEqual(['one@example.com', 'three@example.com']);
    expect(await behind('by=campaign&key=')).toEqual(['two@example.com']);
    const first = await read(`/reports/acquisition/contacts?${period}&key=yandex&limit=2`);
    expect(first.body.items).toHaveLength(2);
    const next = await read(`/reports/acquisition/contacts?${period}&key=yandex&limit=2&cursor=${first.body.next}`);
    expect(next.body).toMatchObject({ items: [{}] });
    expect(next.body).not.toHaveProperty('next');

    const byCampaign = await read(`/reports/acquisition?${period}&by=campaign`);
    expect(byCampaign.body.rows).toMatchObject([
      { key: 'spring', cost: 1000, leads: 2, customers: 1, revenue: 400, averageCheck: 400, cac: 1000, roi: -0.6 },
      { key: '', leads: 1, otherCosts: { EUR: 1.61 }, revenue: 500 },
    ]);
    const march = await read('/reports/acquisition?from=2026-03-01&to=2026-03-31');
    expect(march.body.rows).toMatchObject([
      { key: 'yandex', cost: 3100 },
      { key: 'friends', revenue: 25 },
    ]);
  });

  it('enters a cost once per Idempotency-Key, however often and at once it is asked', async () => {
    const enter = async (body: object, key: string) => {
      const { status, body: answer } = await api.call('POST', '/api/costs', body, { 'Idempotency-Key': key });
      return { status, body: answer };
    };
    const [first, ...others] = await Promise.all([enter(cost, 'march'), enter(cost, 'march'), enter(cost, 'march')]);
    for (const again of [...others, await enter({ ...cost }, 'march')]) expect(again).toEqual(first);
    expect(first).toMatchObject({ status: 201, body: { ...cost, currency: 'RUB' } });
    expect(await enter({ ...cost, amount: 1 }, 'march')).toMatchObject({
      status: 409,
      body: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    const { body: april } = await enter(cost, 'april');
    expect((await read('/costs')).body.items).toEqual([april, first?.body]);
  });

  it('keeps costs until they are taken out, and takes none that ends before it begins or is negative', async () => {
    const { body: one } = await api.call('POST', '/api/costs', cost);
    expect((await read('/costs')).body.items).toMatchObject([{ ...cost, id: one.id, createdBy: 'api' }]);
    expect((await api.call('DELETE', `/api/costs/${one.id}`)).status).toBe(200);
    expect((await api.call('DELETE', `/api/costs/${one.id}`)).status).toBe(404);
    for (const [wrong, path] of [
      [{ ...cost, amount: -1 }, 'amount'],
      [{ ...cost, to: '2026-02-01' }, 'to'],
      [{ ...cost, currency: 'рубли' }, 'currency'],
      [{ ...cost, from: '2026-02-30' }, 'from'],
    ] as const) {
      const { status, body } = await api.call('POST', '/api/costs', wrong);
      expect([status, body.problems.map((one: { path: string }) => one.path)]).toEqual([422, [`body.${path}`]]);
    }
    expect((await read('/reports/acquisition?from=2026-03-02&to=2026-03-01')).status).toBe(422);
  });
});
