import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Contacts } from '../../store/models/contact.ts';
import { Counters } from '../../store/models/counter.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { TicketMessages } from '../../store/models/ticket-message.ts';
import { saveUser } from '../../store/users.ts';
import { type ApiBench, apiBench } from './bench.ts';

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
  await expect.poll(async () => (await api.call('GET', `/api/tickets/${answer.id}`)).status).toBe(200);
  return answer.id;
}

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
    const replied = await api.call(
      'POST',
      `/api/tickets/${id}/replies`,
      { text: 'Try again.', status: 'waiting' },
      anna,
    );
    expect(replied).toMatchObject({ status: 200, body: { id, status: 'waiting', messages: 2 } });
    const assigned = await api.call('PATCH', `/api/tickets/${id}`, { assignee: 'anna', tags: ['vip'] });
    expect(assigned).toMatchObject({ status: 200, body: { assignee: 'anna', accepted: false, tags: ['vip'] } });
    const accepted = await api.call('POST', `/api/tickets/${id}/accept`, undefined, anna);
    expect(accepted).toMatchObject({ status: 200, body: { accepted: true } });
    await api.call('POST', `/api/tickets/${id}/notes`, { text: 'She is angry.' }, anna);
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
