import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Contacts } from '../../store/models/contact.ts';
import { Counters } from '../../store/models/counter.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { TicketMessages } from '../../store/models/ticket-message.ts';
import { saveUser } from '../../store/users.ts';
import { type ApiBench, acting, apiBench } from './bench.ts';

let api: ApiBench;

beforeAll(async () => {
  api = await apiBench();
  for (const _id of ['anna', 'boris']) {
    await saveUser({ _id, name: _id, role: 'agent', language: 'en', active: true });
  }
  await api.work();
});
afterAll(async () => await api.close());
beforeEach(async () => {
  for (const model of [Contacts, Counters, Tickets, TicketMessages]) await model.collection.deleteMany({});
});

const anna = { 'X-Voronka-User': 'anna' };

/** Opens a ticket and waits until it is there. */
async function open(parts: object = {}): Promise<string> {
  const body = { email: 'customer@example.com', subject: 'It is broken', text: 'Help!', ...parts };
  const { status, body: answer } = await api.call('POST', '/api/tickets', body);
  expect([status, answer]).toEqual([202, { id: expect.any(String) }]);
  await api.drain();
  await expect
    .poll(async () => (await api.call('GET', `/api/tickets/${answer.id}`)).status, { timeout: 30_000 })
    .toBe(200);
  return answer.id;
}

const act = acting(() => api, '/api/tickets');

describe('a ticket', () => {
  it('is opened for an address and shown with its contact and what was said', async () => {
    const id = await open({ firstName: 'Carla', priority: 'high', topic: 'billing' });
    const { body } = await api.call('GET', `/api/tickets/${id}`);
    expect(body).toMatchObject({
      id,
      number: 1,
      subject: 'It is broken',
      status: 'new',
      priority: 'high',
      topic: 'billing',
      channel: 'api',
      contact: { email: 'customer@example.com', firstName: 'Carla' },
      breached: false,
      clocks: [],
      conversation: { items: [{ kind: 'customer', by: 'api', text: 'Help!' }] },
    });
    expect(body).not.toHaveProperty('search');
  });

  it('shows at once what is done to it, and by whom', async () => {
    const id = await open();
    const replied = await act('POST', `${id}/replies`, { text: 'Try again.', status: 'waiting' }, anna);
    expect(replied).toMatchObject({ status: 200, body: { id, status: 'waiting', messages: 2 } });
    const assigned = await act('PATCH', `${id}`, { assignee: 'anna', tags: ['vip'] });
    expect(assigned).toMatchObject({ status: 200, body: { assignee: 'anna', accepted: false, tags: ['vip'] } });
    const accepted = await act('POST', `${id}/accept`, undefined, anna);
    expect(accepted).toMatchObject({ status: 200, body: { accepted: true } });
    await act('POST', `${id}/notes`, { text: 'She is angry.' }, anna);
    const { body } = await api.call('GET', `/api/tickets/${id}/messages?limit=2`);
    expect(body.items).toMatchObject([
      { kind: 'note', by: 'user:anna', text: 'She is angry.' },
      { kind: 'agent', by: 'user:anna', text: 'Try again.' },
    ]);
    const rest = await api.call('GET', `/api/tickets/${id}/messages?limit=2&cursor=${encodeURIComponent(body.next)}`);
    expect(rest.body).toMatchObject({ items: [{ kind: 'customer' }] });
    expect(rest.body).not.toHaveProperty('next');
  });
});

describe('what is done to a ticket', () => {
  it('is done once under one idempotency key', async () => {
    const id = await open();
    const headers = { ...anna, 'Idempotency-Key': 'reply-1' };
    const path = `${id}/replies`;
    const answers = await Promise.all([1, 2, 3].map(() => act('POST', path, { text: 'Once.' }, headers)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await api.call('GET', `/api/tickets/${id}`)).body).toMatchObject({ messages: 2 });
    expect((await act('POST', path, { text: 'Twice.' }, headers)).body).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('is refused with a code that says why', async () => {
    const [id, closed] = [await open(), await open({ email: 'other@example.com' })];
    await act('PATCH', `${closed}`, { status: 'closed' });
    const cases: [string, string, unknown, number, string][] = [
      ['POST', `${closed}/replies`, { text: 'Hello' }, 409, 'TICKET_CLOSED'],
      ['PATCH', closed, { status: 'open' }, 409, 'TICKET_CLOSED'],
      ['PATCH', id, { assignee: 'nobody' }, 422, 'USER_NOT_FOUND'],
      ['PATCH', id, { status: 'odd' }, 422, 'VALIDATION_FAILED'],
      ['PATCH', id, { colour: 'red' }, 422, 'VALIDATION_FAILED'],
      ['POST', `${id}/replies`, { text: '' }, 422, 'VALIDATION_FAILED'],
      ['POST', `${id}/merge`, { into: id }, 409, 'TICKET_MERGE_REFUSED'],
      ['POST', `${id}/merge`, { into: closed }, 409, 'TICKET_CLOSED'],
      ['POST', `${id}/merge`, { into: 'gone' }, 404, 'NOT_FOUND'],
      ['POST', `${id}/accept`, undefined, 422, 'VALIDATION_FAILED'],
      ['POST', 'gone/replies', { text: 'Hello' }, 404, 'NOT_FOUND'],
      ['GET', 'gone', undefined, 404, 'NOT_FOUND'],
      ['GET', 'gone/messages', undefined, 404, 'NOT_FOUND'],
      ['GET', 'gone/sla', undefined, 404, 'NOT_FOUND'],
    ];
    for (const [method, path, body, status, code] of cases) {
      const answer = await act(method, path, body);
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, status, code]);
    }
    expect((await api.call('GET', `/api/tickets/${id}`)).body).toMatchObject({ status: 'new', messages: 1 });
  });

  it('is done by a user who is there, or by nobody', async () => {
    const id = await open();
    const stranger = { 'X-Voronka-User': 'stranger' };
    const answer = await act('POST', `${id}/replies`, { text: 'Hello' }, stranger);
    expect([answer.status, answer.body.code]).toEqual([422, 'USER_NOT_FOUND']);
    const system = await act('POST', `${id}/replies`, { text: 'We have got it.' });
    expect(system.body).toMatchObject({ status: 'new', messages: 2 });
  });

  it('is described with the header that names who acts', async () => {
    const { body } = await api.call('GET', '/api/openapi.json');
    const headers = body.paths['/tickets/{id}/replies'].post.parameters.map(({ name }: { name: string }) => name);
    expect(headers).toEqual(['id', 'Idempotency-Key', 'X-Voronka-User']);
  });

  it('goes on in the ticket into which it was merged', async () => {
    const [id, into] = [await open(), await open()];
    expect((await act('POST', `${id}/merge`, { into }, anna)).body).toMatchObject({
      status: 'closed',
      mergedInto: into,
    });
    expect((await api.call('GET', `/api/tickets/${into}/messages`)).body.items).toHaveLength(2);
  });
});

describe('a ticket is not opened', () => {
  it.each([
    ['for nobody', { email: undefined }],
    ['for a wrong address', { email: 'nobody' }],
    ['without a subject', { subject: '' }],
    ['in an unknown channel', { channel: 'pigeon' }],
    ['with an unknown field', { colour: 'red' }],
  ])('%s', async (_, parts) => {
    const body = { email: 'customer@example.com', subject: 'It is broken', text: 'Help!', ...parts };
    expect(await api.call('POST', '/api/tickets', body)).toMatchObject({
      status: 422,
      body: { code: 'VALIDATION_FAILED' },
    });
  });

  it('for an unknown contact', async () => {
    const body = { contactId: 'gone', subject: 'It is broken', text: 'Help!' };
    expect((await api.call('POST', '/api/tickets', body)).status).toBe(404);
  });
});

describe('the history of a ticket', () => {
  it('has what was done to it and nothing of another ticket, in pages', async () => {
    const [id] = [await open(), await open()];
    await act('POST', `${id}/replies`, { text: 'Try again.' }, anna);
    const titles: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const path = `/api/tickets/${id}/timeline?limit=1${cursor && `&cursor=${cursor}`}`;
      const { body } = await api.call('GET', path);
      titles.push(...body.items.map(({ title }: { title: string }) => title));
      cursor = body.next;
    }
    expect(titles).toEqual(['ticket.changed', 'ticket.agent-replied', 'ticket.created']);
  });
});
