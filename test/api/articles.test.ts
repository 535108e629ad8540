import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;

beforeAll(async () => {
  api = await apiBench();
  await api.work();
});
afterAll(async () => await api.close());

const refunds = {
  title: { en: 'Refunds', ru: 'Возвраты' },
  body: { en: 'Money comes back within **ten** days.', ru: 'Деньги вернутся за **десять** дней.' },
  topics: ['billing'],
};
const couriers = {
  title: { en: 'Couriers' },
  body: { en: 'A courier calls before the delivery.' },
  topics: ['delivery'],
};

async function write(key: string, article: object) {
  const { status, body } = await api.call('PUT', `/api/articles/${key}`, article);
  expect(status).toBe(200);
  return body;
}

async function open(text: string, more: object = {}): Promise<string> {
  const person = { email: 'reader@articles.example', subject: 'A question', text };
  const { status, body } = await api.call('POST', '/api/tickets', { ...person, ...more });
  expect(status).toBe(202);
  await expect.poll(async () => (await api.call('GET', `/api/tickets/${body.id}`)).status).toBe(200);
  return body.id;
}

async function suggested(ticket: string): Promise<{ key: string; helped?: boolean; why: object; title: string }[]> {
  const { status, body } = await api.call('GET', `/api/tickets/${ticket}/suggestions`);
  expect(status).toBe(200);
  return body.items;
}

describe('articles', () => {
  it('are written, read, found, changed and removed', async () => {
    await write('refunds', refunds);
    expect(await write('couriers', couriers)).toMatchObject({
      key: 'couriers',
      status: 'published',
      topics: ['delivery'],
    });
    const { body: all } = await api.call('GET', '/api/articles');
    expect(all.items.map(({ key }: { key: string }) => key)).toEqual(['couriers', 'refunds']);
    const { body: found } = await api.call(
      'GET',
      `/api/articles?search=${encodeURIComponent('возвратами')}&language=ru`,
    );
    expect(found.items).toMatchObject([{ key: 'refunds' }]);
    await write('couriers', { ...couriers, status: 'draft' });
    expect((await api.call('GET', '/api/articles?search=courier')).body.items).toEqual([]);
    expect((await api.call('GET', '/api/articles?status=draft')).body.items).toMatchObject([{ key: 'couriers' }]);
    expect((await api.call('DELETE', '/api/articles/couriers')).status).toBe(204);
    expect((await api.call('GET', '/api/articles/couriers')).status).toBe(404);
    expect((await api.call('DELETE', '/api/articles/couriers')).status).toBe(404);
  });

  it('need a text, and a title in each language that they are written in', async () => {
    const empty = await api.call('PUT', '/api/articles/empty', { title: {}, body: {} });
    expect(empty).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED' } });
    const half = await api.call('PUT', '/api/articles/half', { title: { en: 'Half' }, body: { ru: 'Половина' } });
    expect(half.status).toBe(422);
    expect(JSON.stringify(half.body)).toContain('a title');
    expect((await api.call('GET', '/api/articles/half')).status).toBe(404);
  });
});

describe('suggestions for a ticket', () => {
  it("come from the customer's words and the topic, in the contact's language", async () => {
    await write('refunds', refunds);
    await write('couriers', couriers);
    const ticket = await open('Nobody has refunded my order yet');
    expect(await suggested(ticket)).toMatchObject([{ key: 'refunds', title: 'Refunds', why: { topic: false } }]);
    const silent = await open('Hello?', { topic: 'delivery' });
    expect(await suggested(silent)).toMatchObject([{ key: 'couriers', why: { topic: true, words: [] } }]);
  });

  it('rise by what helped before, once per ticket', async () => {
    const twin = { title: { en: 'Password' }, body: { en: 'Choose a new password.' } };
    await write('password-a', twin);
    await write('password-b', twin);
    const keys = async (ticket: string) => (await suggested(ticket)).map(({ key }) => key);
    const ticket = await open('I forgot the password', { topic: 'technical' });
    expect(await keys(ticket)).toEqual(['password-a', 'password-b']);
    for (const helped of [false, true, true]) {
      const marked = await api.call('PUT', `/api/tickets/${ticket}/suggestions/password-b`, { helped });
      expect(marked).toMatchObject({ status: 200, body: { helped } });
    }
    const [first] = await suggested(ticket);
    expect(first).toMatchObject({ key: 'password-b', helped: true, why: { helped: 1, not: 0 } });
    const another = await open('password lost', { topic: 'technical' });
    expect((await suggested(another))[0]).toMatchObject({ key: 'password-b' });
  });

  it('say which part of the question is unknown', async () => {
    expect((await api.call('GET', '/api/tickets/nobody/suggestions')).status).toBe(404);
    const ticket = await open('x');
    const marked = await api.call('PUT', `/api/tickets/${ticket}/suggestions/no-such`, { helped: true });
    expect(marked).toMatchObject({ status: 404, body: { detail: expect.stringContaining('no-such') } });
  });
});
