import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messengerGateway } from '../../delivery/channels/messenger.ts';
import { IntakeConsumer } from '../../delivery/intake/consumer.ts';
import { intakeDoc, intakeItem } from '../../delivery/intake/items.ts';
import { submitIntake } from '../../delivery/intake/submit.ts';
import { LiveLibrary } from '../../delivery/library.ts';
import { deliverDue } from '../../delivery/outbox/deliver.ts';
import { newId } from '../../store/id.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { TicketMessages } from '../../store/models/ticket-message.ts';
import { createWorld, type World } from './fixtures/world.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;

interface Seen {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

let origin = '';
let answer: { status: number; json: unknown } | 'hang-up';
const seen: Seen[] = [];
const receiver = createServer(async (request, response) => {
  seen.push({ path: request.url ?? '', headers: request.headers, body: await text(request) });
  if (answer === 'hang-up') return void request.socket.destroy();
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json));
});
let world: World;
beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  world = await createWorld();
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await world.close();
});
beforeEach(() => {
  seen.length = 0;
  answer = { status: 200, json: {} };
});

const gateway = () =>
  messengerGateway(
    [
      { name: 'chat', format: 'standard', secret, url: `${origin}/hook` },
      { name: 'bot', format: 'telegram', secret: 'x', token: '123:ABC' },
      { name: 'vk', format: 'vk', secret: 'x', confirmation: 'y' },
    ],
    origin,
  );
const reply = { key: 'reply/1', chat: 'chat:a:42', text: 'Привет', files: [] };

describe('replies over our own webhook', () => {
  it('are signed, and are the same message at every attempt', async () => {
    const files = [{ name: 'a.txt', type: 'text/plain', content: Buffer.from('hello') }];
    expect(await gateway().send({ ...reply, files })).toEqual({ outcome: 'sent' });
    await gateway().send({ ...reply, files });
    const [first, second] = seen;
    const said = new Webhook(secret).verify(first?.body ?? '', first?.headers as Record<string, string>);
    expect(said).toEqual({
      type: 'reply',
      id: first?.headers['webhook-id'],
      chat: 'a:42',
      text: 'Привет',
      files: [{ name: 'a.txt', type: 'text/plain', content: Buffer.from('hello').toString('base64') }],
    });
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  });

  it.each([
    [{ status: 400, json: {} }, 'failed'],
    [{ status: 503, json: {} }, 'retry'],
    [{ status: 500, json: {} }, 'unknown'],
    ['hang-up' as const, 'unknown'],
  ])('%j is %s', async (given, outcome) => {
    answer = given;
    expect(await gateway().send(reply)).toMatchObject({ outcome });
  });
});

describe('replies over Telegram', () => {
  const toBot = { ...reply, chat: 'bot:42' };

  it('are sent by the Bot API', async () => {
    answer = { status: 200, json: { ok: true, result: { message_id: 7, chat: { id: 42 } } } };
    expect(await gateway().send(toBot)).toEqual({ outcome: 'sent', providerId: '7' });
    expect(seen[0]?.path).toBe('/bot123:ABC/sendMessage');
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({ chat_id: '42', text: 'Привет' });
  });

  it('say why they were refused', async () => {
    answer = {
      status: 403,
      json: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
    };
    expect(await gateway().send(toBot)).toEqual({
      outcome: 'failed',
      error: { code: '403', message: 'Forbidden: bot was blocked by the user' },
    });
    answer = { status: 429, json: { ok: false, error_code: 429, description: 'Too Many Requests' } };
    expect(await gateway().send(toBot)).toMatchObject({ outcome: 'retry' });
    expect(await gateway().send({ ...toBot, text: 'x'.repeat(5_000) })).toMatchObject({
      error: { code: 'TEXT_TOO_LONG' },
    });
    const files = [{ name: 'a', type: 'a/b', content: Buffer.from('x') }];
    expect(await gateway().send({ ...toBot, files })).toMatchObject({ error: { code: 'FILES_UNSUPPORTED' } });
  });
});

it('a source without a way back says so', async () => {
  for (const chat of ['vk:1', 'gone:1']) {
    expect(await gateway().send({ ...reply, chat })).toMatchObject({
      outcome: 'failed',
      error: { code: 'NO_WAY_TO_REPLY' },
    });
  }
});

it('what an agent writes in the ticket of a chat leaves in the chat, and the conversation knows how it went', async () => {
  const { clock, queues, deps } = world;
  const intake = new IntakeConsumer({
    clock,
    queues,
    library: new LiveLibrary(),
    onError: (error) => expect(error).toBeUndefined(),
  });
  const apply = async (body: object) => {
    const id = newId();
    const item = {
      ...intakeItem('ticket', id, { do: 'accept', ticketId: '', by: 'system' }, 'test'),
      body: JSON.parse(JSON.stringify(body)),
    };
    await submitIntake(queues.intake, [intakeDoc(id, [item], clock.now())]);
    await intake.drain();
  };
  await apply({ do: 'from-customer', channel: 'messenger', chat: 'chat:42', subject: '', message: { text: 'Hello?' } });
  const [ticket] = await Tickets.find().lean();
  await apply({ do: 'say', ticketId: ticket?._id, by: 'user:boris', message: { text: 'Good day.' } });
  await apply({ do: 'say', ticketId: ticket?._id, by: 'user:boris', internal: true, message: { text: 'Rude.' } });
  await deliverDue({ ...deps, messengers: gateway() });
  expect(seen.map(({ body }) => JSON.parse(body))).toMatchObject([{ chat: '42', text: 'Good day.' }]);
  const said = await TicketMessages.findOne({ kind: 'agent' }).lean();
  expect(await world.stored(said?.outbox ?? '')).toMatchObject({
    status: 'sent',
    channel: 'messenger',
    to: 'chat:42',
  });
});
