import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Tickets } from '../../store/models/ticket.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;

beforeAll(async () => {
  api = await apiBench();
});
afterAll(async () => await api.close());

const support = {
  kind: 'form',
  key: 'support',
  name: 'Support',
  fields: [
    { name: 'email', label: 'E-mail', type: 'email', required: true, maps: 'email' },
    { name: 'about', label: 'Subject', type: 'text' },
    { name: 'text', label: 'What happened?', type: 'textarea', required: true },
  ],
  event: 'support.asked',
  ticket: { subject: 'about', text: 'text', topic: 'delivery', priority: 'high' },
};

describe('a form with a ticket', () => {
  it('opens one with every submission, under the id of the answer, for the contact of the lead', async () => {
    expect((await api.call('POST', '/api/definitions/form/support/publish', { body: support })).status).toBe(200);
    const filled = { email: 'customer@example.com', about: 'Lost', text: 'My parcel is lost.' };
    const headers = { 'Idempotency-Key': 'once' };
    const { status, body } = await api.call('POST', '/api/forms/support/submissions', filled, headers);
    expect([status, body]).toEqual([202, { id: expect.any(String), ticket: expect.any(String) }]);
    expect((await api.call('POST', '/api/forms/support/submissions', filled, headers)).body).toEqual(body);
    await api.drain();
    const ticket = await api.call('GET', `/api/tickets/${body.ticket}`);
    expect(ticket.body).toMatchObject({
      number: 1,
      channel: 'form',
      subject: 'Lost',
      topic: 'delivery',
      priority: 'high',
      contact: { email: 'customer@example.com' },
      conversation: { items: [{ text: 'My parcel is lost.', by: 'customer' }] },
    });
    expect(await Tickets.countDocuments()).toBe(1);
  });

  it('takes the first line of the text for a subject that was left empty', async () => {
    const filled = { email: 'customer@example.com', text: 'It is broken.\nReally.' };
    const { body } = await api.call('POST', '/api/forms/support/submissions', filled);
    await api.drain();
    expect((await api.call('GET', `/api/tickets/${body.ticket}`)).body).toMatchObject({ subject: 'It is broken.' });
  });

  it('is refused when it names no field of the form, or one that may stay empty for the text', async () => {
    const wrong = { ...support, ticket: { subject: 'abuot', text: 'about' } };
    const { status, body } = await api.call('POST', '/api/definitions/form/support/publish', { body: wrong });
    expect(status).toBe(422);
    expect(body.problems).toMatchObject([
      { path: 'ticket.subject', code: 'unknown-field', suggestion: 'about' },
      { path: 'ticket.text', code: 'wrong-value' },
    ]);
  });
});
