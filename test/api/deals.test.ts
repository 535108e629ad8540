import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Contacts } from '../../store/models/contact.ts';
import { Counters } from '../../store/models/counter.ts';
import { Deals } from '../../store/models/deal.ts';
import { saveUser } from '../../store/users.ts';
import { pipeline } from '../delivery/intake/deals/sales.ts';
import { publish } from '../support/records.ts';
import { type ApiBench, acting, apiBench } from './bench.ts';

let api: ApiBench;

beforeAll(async () => {
  api = await apiBench();
  await saveUser({ _id: 'anna', name: 'Anna', role: 'sales', language: 'en', active: true });
  await saveUser({ _id: 'hanna', name: 'Hanna', role: 'head', language: 'en', active: true });
  await publish(pipeline);
  await api.work();
});
afterAll(async () => await api.close());
beforeEach(async () => {
  for (const model of [Contacts, Counters, Deals]) await model.collection.deleteMany({});
});

const anna = { 'X-Voronka-User': 'anna' };
const hanna = { 'X-Voronka-User': 'hanna' };

/** Opens a deal and waits until it is there. */
async function open(parts: object = {}): Promise<string> {
  const body = { email: 'customer@example.com', pipeline: 'sales', title: 'A machine', ...parts };
  const { status, body: answer } = await api.call('POST', '/api/deals', body, anna);
  expect([status, answer]).toEqual([202, { id: expect.any(String) }]);
  await expect
    .poll(async () => (await api.call('GET', `/api/deals/${answer.id}`)).status, { timeout: 30_000 })
    .toBe(200);
  return answer.id;
}

const act = acting(() => api, '/api/deals', anna);

describe('a deal', () => {
  it('is opened, changed, moved, won and reopened, with its history', async () => {
    const id = await open({ owner: 'anna', attributes: { plan: 'gold' } });
    expect((await api.call('GET', `/api/deals/${id}`)).body).toMatchObject({
      id,
      number: 1,
      title: 'A machine',
      stage: 'new',
      status: 'open',
      owner: 'anna',
      contact: { email: 'customer@example.com' },
      contactName: 'customer@example.com',
    });
    const items = [{ name: 'Machine', quantity: 2, price: 50 }];
    expect((await act('PATCH', id, { items })).body).toMatchObject({ amount: 100, items });
    expect((await act('POST', `${id}/move`, { to: 'offer', why: 'He asked.' })).body).toMatchObject({ stage: 'offer' });
    expect((await act('POST', `${id}/notes`, { text: 'He called.' })).status).toBe(200);
    expect((await act('POST', `${id}/won`, {}, hanna)).body).toMatchObject({ status: 'won', closedFrom: 'offer' });
    expect((await act('POST', `${id}/reopen`, {})).body).toMatchObject({ status: 'open', stage: 'offer' });
    expect((await act('POST', `${id}/lost`, { reason: 'price' })).body).toMatchObject({ lostReason: 'price' });
    expect((await api.call('GET', `/api/deals/${id}/history`)).body.items).toMatchObject([
      { from: 'offer', to: 'lost', reason: 'price', by: 'user:anna' },
      { from: 'won', to: 'offer' },
      { from: 'offer', to: 'won', by: 'user:hanna' },
      { from: 'new', to: 'offer', by: 'user:anna', why: 'He asked.' },
      { to: 'new', by: 'user:anna' },
    ]);
  });

  it('has one line of time, with who moved it and why, of this deal alone', async () => {
    const [id, other] = [await open({ amount: 5 }), await open()];
    await act('POST', `${id}/move`, { to: 'offer', why: 'He asked.' });
    await act('POST', `${other}/notes`, { text: 'Of the other.' });
    const first = (await api.call('GET', `/api/deals/${id}/timeline?type=event&limit=2`)).body;
    expect(first.items).toMatchObject([
      {
        type: 'event',
        title: 'deal.stage-changed',
        detail: { from: 'new', to: 'offer', by: 'user:anna', why: 'He asked.' },
      },
      { title: 'deal.changed' },
    ]);
    const { items, next } = (await api.call('GET', `/api/deals/${id}/timeline?type=event&cursor=${first.next}`)).body;
    expect(items).toMatchObject([{ title: 'deal.created', detail: { deal: { id } } }]);
    expect(next).toBeUndefined();
  });

  it('that may not move says which guards refuse it and what they miss, in both languages', async () => {
    const id = await open();
    const { status, headers, body } = await api.call('POST', `/api/deals/${id}/move`, { to: 'contract' }, anna);
    expect([status, headers.get('content-type'), body.code]).toEqual([
      409,
      expect.stringContaining('application/problem+json'),
      'GUARD_NOT_MET',
    ]);
    expect(body.details.refused).toEqual([
      {
        stage: 'offer',
        guard: 'amount',
        message: { en: 'Say how much.', ru: 'Укажите сумму.' },
        missing: ['deal.amount'],
      },
      { stage: 'contract', guard: 'head', message: 'The head decides.', missing: [], roles: ['head'] },
    ]);
    expect(body.detail).toContain('offer/amount: Say how much. (deal.amount missing)');
    expect((await api.call('GET', `/api/deals/${id}`)).body).toMatchObject({ stage: 'new' });
    const opened = await api.call('POST', '/api/deals', {
      email: 'x@example.com',
      pipeline: 'sales',
      title: 'X',
      stage: 'offer',
    });
    await expect
      .poll(async () => (await api.call('GET', `/api/intake/${opened.body.id}`)).body.problems, { timeout: 30_000 })
      .toMatchObject([{ code: 'GUARD_NOT_MET' }]);
  });

  it('is refused what cannot be, with a code that says why', async () => {
    const [id, over] = [await open(), await open()];
    await act('POST', `${over}/lost`, { reason: 'price' });
    const cases: [string, string, unknown, number, string][] = [
      ['POST', `${over}/move`, { to: 'new' }, 409, 'DEAL_CLOSED'],
      ['POST', `${id}/reopen`, {}, 409, 'CONFLICT'],
      ['POST', `${id}/lost`, {}, 422, 'VALIDATION_FAILED'],
      ['POST', `${id}/move`, { to: 'nowhere' }, 422, 'VALIDATION_FAILED'],
      ['PATCH', id, { amount: -5 }, 422, 'VALIDATION_FAILED'],
      ['PATCH', id, { colour: 'red' }, 422, 'VALIDATION_FAILED'],
      ['PATCH', id, { owner: 'stranger' }, 422, 'USER_NOT_FOUND'],
      ['POST', 'gone/move', { to: 'offer' }, 404, 'NOT_FOUND'],
      ['GET', 'gone', undefined, 404, 'NOT_FOUND'],
      ['GET', 'gone/history', undefined, 404, 'NOT_FOUND'],
    ];
    for (const [method, path, body, status, code] of cases) {
      const answer = await act(method, path, body);
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, status, code]);
    }
    for (const body of [
      { pipeline: 'sales', title: 'X' },
      { email: 'x@example.com', pipeline: 'sales' },
    ]) {
      expect((await api.call('POST', '/api/deals', body)).status).toBe(422);
    }
  });

  it('is done something to once under one idempotency key', async () => {
    const id = await open({ amount: 5 });
    const headers = { ...anna, 'Idempotency-Key': 'move-1' };
    const answers = await Promise.all([1, 2, 3].map(() => act('POST', `${id}/move`, { to: 'offer' }, headers)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await api.call('GET', `/api/deals/${id}/history`)).body.items).toHaveLength(2);
  });
});

describe('the list of deals', () => {
  it('is filtered and comes in pages', async () => {
    const ids = [await open({ amount: 5 }), await open({ email: 'b@example.com', owner: 'anna' }), await open()];
    await act('POST', `${ids[0]}/move`, { to: 'offer' });
    const found = async (query: string) => {
      const { body } = await api.call('GET', `/api/deals?${query}`);
      return body.items.map(({ id }: { id: string }) => ids.indexOf(id));
    };
    expect(await found('')).toEqual([0, 2, 1]);
    expect(await found('stage=offer&pipeline=sales')).toEqual([0]);
    expect(await found('owner=anna&status=open')).toEqual([1]);
    expect(await found('owner=&stage=new')).toEqual([2]);
    const { body } = await api.call('GET', '/api/contacts?search=customer');
    expect(await found(`contact=${body.items[0].id}`)).toEqual([0, 2]);
    const first = await api.call('GET', '/api/deals?limit=2');
    expect(await found(`limit=2&cursor=${encodeURIComponent(first.body.next)}`)).toEqual([1]);
  });
});

describe('the board', () => {
  it('has every stage with its open deals and their sum by currency', async () => {
    const one = await open({ amount: 0.1 });
    await open({ amount: 0.2 });
    await open({ amount: 7, currency: 'EUR' });
    await act('POST', `${one}/move`, { to: 'offer' });
    await act('POST', `${await open()}/lost`, { reason: 'price' });
    const { body } = await api.call('GET', '/api/pipelines/sales/board');
    expect(body).toMatchObject({
      key: 'sales',
      lostReasons: [{ key: 'price' }],
      stages: [
        { key: 'new', count: 2, sums: { RUB: 0.2, EUR: 7 }, deals: [{ amount: 0.2 }, { amount: 7 }] },
        { key: 'offer', count: 1, sums: { RUB: 0.1 }, deals: [{ id: one }] },
        { key: 'contract', count: 0, sums: {}, deals: [] },
      ],
    });
    const shown = async (query: string) => {
      const { stages } = (await api.call('GET', `/api/pipelines/sales/board?${query}`)).body;
      return stages.map(({ count, sums, deals }: { count: number; sums: object; deals: object[] }) => [
        count,
        sums,
        deals.length,
      ]);
    };
    const none = [0, {}, 0];
    expect(await shown('owner=anna')).toEqual([none, none, none]);
    await act('PATCH', one, { owner: 'anna', title: 'A boat' });
    expect(await shown('owner=anna')).toEqual([none, [1, { RUB: 0.1 }, 1], none]);
    expect(await shown('owner=')).toEqual([[2, { RUB: 0.2, EUR: 7 }, 2], none, none]);
    expect(await shown('search=BOAT')).toEqual([none, [1, { RUB: 0.1 }, 1], none]);
    expect(await shown('search=customer%40')).toEqual([[2, { RUB: 0.2, EUR: 7 }, 2], [1, { RUB: 0.1 }, 1], none]);
    expect((await api.call('GET', '/api/pipelines/none/board')).body.code).toBe('DEFINITION_NOT_FOUND');
  });
});
