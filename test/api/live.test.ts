import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clocks } from '../../store/models/clock.ts';
import { type DealDoc, Deals } from '../../store/models/deal.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;

beforeAll(async () => {
  api = await apiBench();
  await api.work();
});
afterAll(async () => await api.close());

interface Told {
  id: string;
  name: string;
  tickets?: { id: string; updatedAt: string }[];
  deals?: { id: string; updatedAt: string }[];
}

/** An open page: everything that the stream told it so far. */
function page(headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const told: Told[] = [];
  let text = '';
  const opened = (async () => {
    const response = await fetch(`${api.url}/api/live`, {
      headers: { 'X-API-Key': api.environment.apiKey, ...headers },
      signal: leaving.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    void read(response).catch(() => undefined);
  })();
  async function read(response: Response): Promise<void> {
    if (response.body === null) return;
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const events = (text + chunk).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const fields = Object.fromEntries(event.split('\n').map((line) => line.split(/: (.*)/)));
        if (fields.data !== undefined) told.push({ id: fields.id, name: fields.event, ...JSON.parse(fields.data) });
      }
    }
  }
  return {
    opened,
    told,
    ids: () => told.flatMap(({ tickets = [], deals = [] }) => [...tickets, ...deals].map(({ id }) => id)),
    leave: () => leaving.abort(),
  };
}

async function open(): Promise<string> {
  const body = { email: 'customer@example.com', subject: 'It is broken', text: 'Help!' };
  return (await api.call('POST', '/api/tickets', body)).body.id;
}

describe('the stream of changes', () => {
  it('tells every open page of a changed ticket and of its clocks, once', async () => {
    const pages = [page(), page()];
    await Promise.all(pages.map(({ opened }) => opened));
    const id = await open();
    for (const { ids } of pages) await expect.poll(ids, { timeout: 20_000 }).toContain(id);
    const seen = pages.map(({ ids }) => ids().filter((one) => one === id).length);
    expect(seen).toEqual([1, 1]);
    await Clocks.create({ _id: id, instance: 'i', clocks: [], ledger: [], breached: false, updatedAt: new Date() });
    for (const { ids } of pages) {
      await expect.poll(() => ids().filter((one) => one === id), { timeout: 20_000 }).toHaveLength(2);
    }
    for (const { leave } of pages) leave();
  });

  it('tells of a changed deal', async () => {
    const { opened, ids, told, leave } = page();
    await opened;
    const now = new Date();
    const deal: DealDoc = {
      ...{ _id: 'deal', number: 1, title: 'Deal', contactId: 'c', pipeline: 'p', stage: 's', status: 'open' },
      ...{ currency: 'RUB', items: [], attributes: {}, moves: [], refusals: {} },
      ...{ createdAt: now, stageSince: now, activityAt: now, updatedAt: now },
    };
    await Deals.insertMany([deal]);
    await expect.poll(ids, { timeout: 20_000 }).toContain('deal');
    expect(told.find(({ deals }) => deals !== undefined)).toMatchObject({ name: 'deals' });
    leave();
  });

  it('tells a page that was away what it missed', async () => {
    const before = Date.now();
    const id = await open();
    await expect.poll(async () => (await api.call('GET', `/api/tickets/${id}`)).status).toBe(200);
    const back = page({ 'Last-Event-ID': String(before) });
    await back.opened;
    await expect.poll(back.ids, { timeout: 20_000 }).toContain(id);
    expect(back.told[0]).toMatchObject({ name: 'tickets', id: String(before) });
    back.leave();
  });

  it('is for those with a key', async () => {
    expect((await fetch(`${api.url}/api/live`)).status).toBe(401);
  });
});
