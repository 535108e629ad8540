import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadFile } from '../../store/files.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Intake } from '../../store/models/intake.ts';
import { type WebhookBench, webhookBench } from './webhook-bench.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;

let bench: WebhookBench;
beforeAll(async () => {
  bench = await webhookBench([
    { name: 'shop-chat', format: 'standard', secret },
    { name: 'pbx', format: 'standard', secret },
    { name: 'vk', format: 'vk', secret: 'vk-secret-key', confirmation: '693d0ba9' },
    { name: 'calls', format: 'twilio', secret: 'twilio-token' },
  ]);
});
afterAll(async () => await bench.api.close());
beforeEach(async () => await bench.clear());

let count = 0;
async function signed(path: string, payload: object, { id = `msg-${count++}`, at = new Date(), key = secret } = {}) {
  const body = JSON.stringify(payload);
  const signature = new Webhook(key).sign(id, at, body);
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  };
  return await bench.post(path, body, headers);
}

const message = {
  type: 'message',
  id: '1',
  chat: '42',
  text: 'Where is my order?',
  from: { name: 'Anna Ivanova', phone: '8 912 345-67-89' },
};
const call = { type: 'call', id: 'c1', state: 'missed', direction: 'in', customer: '+79123456789' };

describe('our own format', () => {
  it('makes a ticket of a chat and goes on with it, each message once', async () => {
    expect(await signed('messengers/shop-chat', message)).toMatchObject({
      status: 200,
      text: expect.stringContaining('hook-'),
    });
    await signed('messengers/shop-chat', message);
    await signed('messengers/shop-chat', { ...message, id: '2', text: 'Hello?' });
    expect(await bench.tickets()).toMatchObject([
      { channel: 'messenger', chat: 'shop-chat:42', subject: 'Where is my order?', messages: 2 },
    ]);
    expect(await Contacts.find().lean()).toMatchObject([
      { firstName: 'Anna', phoneKey: '+79123456789', attributes: { shop_chat: '42' } },
    ]);
    expect((await bench.conversation()).map(({ messageId }) => messageId).sort()).toEqual([
      'shop-chat:1',
      'shop-chat:2',
    ]);
  });

  it('is taken once also when its first request has been forgotten', async () => {
    await signed('messengers/shop-chat', message);
    await bench.tickets();
    await Intake.deleteMany({});
    await signed('messengers/shop-chat', message);
    expect(await bench.tickets()).toMatchObject([{ messages: 1 }]);
  });

  it('knows the contact by the attribute that is called like the source', async () => {
    await bench.api.call('POST', '/api/leads', { email: 'anna@example.com', attributes: { shop_chat: '42' } });
    await bench.api.drain();
    await signed('messengers/shop-chat', { ...message, from: {} });
    const [contact] = await Contacts.find().lean();
    expect(await bench.tickets()).toMatchObject([{ contactId: contact?._id }]);
    expect(await Contacts.countDocuments()).toBe(1);
  });

  it('keeps files', async () => {
    const files = [{ name: 'a.txt', type: 'text/plain', content: Buffer.from('hello').toString('base64') }];
    await signed('messengers/shop-chat', { ...message, files });
    await bench.tickets();
    const [said] = await bench.conversation();
    expect(said?.attachments).toMatchObject([{ name: 'a.txt', size: 5 }]);
    expect((await loadFile(said?.attachments[0]?.file ?? '')).toString()).toBe('hello');
  });

  it.each([
    ['no signature', () => bench.post('messengers/shop-chat', JSON.stringify(message), {}), 401, 'SIGNATURE_INVALID'],
    [
      'another secret',
      () => signed('messengers/shop-chat', message, { key: 'whsec_b3RoZXI=' }),
      401,
      'SIGNATURE_INVALID',
    ],
    [
      'an old one',
      () => signed('messengers/shop-chat', message, { at: new Date(Date.now() - 301_000) }),
      401,
      'SIGNATURE_INVALID',
    ],
    [
      'one from the future',
      () => signed('messengers/shop-chat', message, { at: new Date(Date.now() + 900_000) }),
      401,
      'SIGNATURE_INVALID',
    ],
    ['an unknown source', () => signed('messengers/nobody', message), 404, 'NOT_FOUND'],
    ['a telephone as a messenger', () => signed('messengers/calls', message), 404, 'NOT_FOUND'],
    ['a call in a chat', () => signed('messengers/shop-chat', call), 422, 'VALIDATION_FAILED'],
    ['an unknown field', () => signed('messengers/shop-chat', { ...message, more: 1 }), 422, 'VALIDATION_FAILED'],
    ['no JSON', () => bench.post('messengers/vk', '{', {}), 400, 'MALFORMED_JSON'],
    ['too much', () => bench.post('messengers/shop-chat', 'x'.repeat(11_000_000), {}), 413, 'BODY_TOO_LARGE'],
  ])('refuses %s', async (_, send, status, code) => {
    const answer = await send();
    expect(answer).toMatchObject({ status, text: expect.stringContaining(code) });
    expect(await Intake.countDocuments()).toBe(0);
  });
});

describe('calls', () => {
  it('one that nobody answered asks to be called back; the next from the same number goes on with it', async () => {
    await signed('telephony/pbx', { ...call, state: 'started' });
    await signed('telephony/pbx', call);
    await signed('telephony/pbx', call);
    await signed('telephony/pbx', { ...call, id: 'c2', seconds: 20 });
    expect(await bench.tickets()).toMatchObject([
      { channel: 'phone', subject: 'Call back +79123456789', status: 'new', messages: 2 },
    ]);
    expect((await bench.conversation()).map(({ text }) => text).sort()).toEqual([
      'Missed call from +79123456789',
      'Missed call from +79123456789, 20 s',
    ]);
  });

  it('one that an agent answered is an answer; its end and its recording are notes', async () => {
    await signed('telephony/pbx', { ...call, state: 'answered', agent: 'boris' });
    await bench.tickets();
    await signed('telephony/pbx', { ...call, state: 'ended', seconds: 90 });
    await signed('telephony/pbx', {
      type: 'call',
      id: 'c1',
      state: 'recorded',
      direction: 'in',
      recording: 'https://pbx.example/c1.mp3',
    });
    const [ticket] = await bench.tickets();
    expect(ticket).toMatchObject({ subject: 'Call from +79123456789', status: 'open', messages: 4 });
    expect(ticket?.lastAgentAt).toBeInstanceOf(Date);
    expect((await bench.conversation()).map(({ kind, text }) => `${kind}: ${text}`).sort()).toEqual([
      'agent: Answered the call from +79123456789',
      'customer: Answered the call from +79123456789',
      'note: Recording of the call: https://pbx.example/c1.mp3',
      'note: The call with +79123456789 is over, 90 s',
    ]);
  });

  it('calling back is a note on the ticket; a call about nothing known leaves no trace', async () => {
    await signed('telephony/pbx', { ...call, id: 'x', state: 'ended', direction: 'out' });
    await signed('telephony/pbx', call);
    await bench.tickets();
    await signed('telephony/pbx', { ...call, id: 'c9', state: 'ended', direction: 'out', seconds: 60 });
    expect(await bench.tickets()).toMatchObject([{ messages: 2 }]);
    expect((await bench.conversation()).find(({ kind }) => kind === 'note')?.text).toBe(
      'Called +79123456789: answered, 60 s',
    );
  });

  it('a withheld number opens nothing', async () => {
    await signed('telephony/pbx', { type: 'call', id: 'c1', state: 'missed', direction: 'in' });
    expect(await bench.tickets()).toEqual([]);
  });
});
