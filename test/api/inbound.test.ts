import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { realClock } from '../../config/clock.ts';
import { receiveMail } from '../../delivery/inbound/receive.ts';
import { defaultPolicy } from '../../engine/library.ts';
import { keepFile } from '../../store/files.ts';
import { newId } from '../../store/id.ts';
import { InboundMails } from '../../store/models/inbound-mail.ts';
import { Intake } from '../../store/models/intake.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { TicketMessages } from '../../store/models/ticket-message.ts';
import { mail, plain } from '../delivery/inbound/fixtures.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;
beforeAll(async () => {
  api = await apiBench();
});
afterAll(async () => await api.close());
beforeEach(async () => {
  for (const model of [InboundMails, Intake, Tickets, TicketMessages]) await model.collection.deleteMany({});
});

async function receive(raw: Buffer): Promise<string> {
  const { queues } = api;
  const deps = { clock: realClock, queues, log: pino({ level: 'silent' }), policy: async () => defaultPolicy };
  const { _id } = await receiveMail(raw, { from: 'a@example.org', to: ['support@example.com'] }, deps);
  await api.drain();
  return _id;
}

describe('GET /api/inbound', () => {
  it('says of every mail what it is, why, and in which ticket it stands', async () => {
    const first = await receive(mail('gmail-en'));
    const second = await receive(mail('newsletter'));
    const [ticket] = await Tickets.find().lean();
    const { body } = await api.call('GET', '/api/inbound');
    expect(body.items).toMatchObject([
      { id: second, verdict: 'autoreply', reason: 'Precedence: bulk', from: 'news@list.example' },
      { id: first, verdict: 'ticket', ticketId: ticket?._id, subject: 'Re: Your order' },
    ]);
    expect((await api.call('GET', '/api/inbound?verdict=autoreply')).body.items).toHaveLength(1);
    expect((await api.call('GET', `/api/inbound/${first}`)).body).toMatchObject({ id: first, ticketId: ticket?._id });
    expect((await api.call('GET', '/api/inbound/none')).status).toBe(404);
    const page = (await api.call('GET', '/api/inbound?limit=1')).body;
    expect((await api.call('GET', `/api/inbound?limit=1&cursor=${encodeURIComponent(page.next)}`)).body).toEqual({
      items: [expect.objectContaining({ id: first })],
    });
  });

  it('says when a mail could not be applied', async () => {
    const id = await receive(plain({ From: `${'x'.repeat(64)}@${'y'.repeat(60)}.example` }, 'hello'));
    await InboundMails.updateOne({ _id: id }, { item: 'refused' });
    await Intake.create({
      _id: 'refused',
      items: '[]',
      receivedAt: new Date(),
      status: 'failed',
      problems: [{ item: 'refused', code: 'NOT_FOUND', message: 'gone' }],
    });
    expect((await api.call('GET', `/api/inbound/${id}`)).body).toMatchObject({ problem: 'NOT_FOUND: gone' });
  });
});

describe('POST /api/inbound/:id/accept', () => {
  it('makes a ticket of what was taken for a machine, once', async () => {
    const id = await receive(mail('exchange-oof'));
    expect(await Tickets.countDocuments()).toBe(0);
    const { status, body } = await api.call('POST', `/api/inbound/${id}/accept`, { by: 'boris' });
    expect(status).toBe(202);
    await api.drain();
    expect((await api.call('GET', `/api/intake/${body.id}`)).body).toMatchObject({ status: 'done' });
    const [ticket] = await Tickets.find().lean();
    expect((await api.call('GET', `/api/inbound/${id}`)).body).toMatchObject({
      verdict: 'autoreply',
      acceptedBy: 'user:boris',
      ticketId: ticket?._id,
    });
    expect(await api.call('POST', `/api/inbound/${id}/accept`, {})).toMatchObject({
      status: 409,
      body: { code: 'CONFLICT' },
    });
    expect(await Tickets.countDocuments()).toBe(1);
  });
});

describe('files', () => {
  it('are downloaded, never shown, whatever they say they are', async () => {
    const content = Buffer.from('<script>alert(1)</script>');
    const { id } = await keepFile({ id: newId(), name: 'счёт "1".html', type: 'text/html' }, content);
    const answer = await fetch(`${api.url}/api/files/${id}`, {
      headers: { authorization: `Bearer ${api.environment.apiKey}` },
    });
    expect(await answer.text()).toBe(content.toString());
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''%D1%81/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect((await fetch(`${api.url}/api/files/${id}`)).status).toBe(401);
    expect((await api.call('GET', '/api/files/..%2Fetc')).status).toBe(404);
  });

  it('are kept as they are sent, up to a size', async () => {
    const headers = { authorization: `Bearer ${api.environment.apiKey}`, 'content-type': 'image/png' };
    const body = Buffer.from([0, 255, 13, 10]);
    const kept = await fetch(`${api.url}/api/files?name=a.png`, { method: 'POST', body, headers });
    expect(kept.status).toBe(201);
    const { file, ...rest } = JSON.parse(await kept.text());
    expect(rest).toEqual({ name: 'a.png', type: 'image/png', size: 4 });
    const back = await fetch(`${api.url}/api/files/${file}`, { headers });
    expect(Buffer.from(await back.arrayBuffer())).toEqual(body);
    const large = await fetch(`${api.url}/api/files?name=b`, {
      method: 'POST',
      body: Buffer.alloc(21 * 1024 * 1024),
      headers,
    });
    expect(large.status).toBe(413);
  });
});
