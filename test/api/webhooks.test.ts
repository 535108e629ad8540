import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { twilioSignature } from '../../delivery/inbound/webhooks/twilio.ts';
import { zadarmaSignature } from '../../delivery/inbound/webhooks/zadarma.ts';
import { loadFile } from '../../store/files.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Events } from '../../store/models/event.ts';
import { Intake } from '../../store/models/intake.ts';
import { type TicketDoc, Tickets } from '../../store/models/ticket.ts';
import { type TicketMessageDoc, TicketMessages } from '../../store/models/ticket-message.ts';
import { Users } from '../../store/models/user.ts';
import { saveUser } from '../../store/users.ts';
import { type ApiBench, apiBench } from './bench.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;
const twilioToken = '12345678901234567890';
const zadarmaSecret = 'zadarma-secret';

let api: ApiBench;
beforeAll(async () => {
  api = await apiBench({
    webhooks: [
      { name: 'shop-chat', format: 'standard', secret },
      { name: 'pbx', format: 'standard', secret },
      { name: 'bot', format: 'telegram', secret: 'telegram-token' },
      { name: 'vk', format: 'vk', secret: 'vk-secret-key', confirmation: '693d0ba9' },
      { name: 'calls', format: 'twilio', secret: twilioToken },
      { name: 'phones', format: 'zadarma', secret: zadarmaSecret },
    ],
  });
});
afterAll(async () => await api.close());
beforeEach(async () => {
  for (const model of [Contacts, Events, Intake, Tickets, TicketMessages, Users]) await model.collection.deleteMany({});
  await saveUser({
    _id: 'boris',
    name: 'Boris',
    role: 'agent',
    language: 'en',
    active: true,
    skills: [],
    absences: [],
  });
});

async function post(path: string, body: string, headers: Record<string, string>) {
  const answer = await fetch(`${api.url}/api/webhooks/${path}`, { method: 'POST', body, headers });
  return { status: answer.status, text: await answer.text() };
}

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
  return await post(path, body, headers);
}

async function tickets(): Promise<TicketDoc[]> {
  await api.drain();
  expect(await Intake.find({ status: 'failed' }).lean()).toEqual([]);
  return await Tickets.find().sort({ number: 1 }).lean<TicketDoc[]>();
}

async function conversation(): Promise<TicketMessageDoc[]> {
  return await TicketMessages.find().sort({ at: 1, _id: 1 }).lean<TicketMessageDoc[]>();
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
    expect(await tickets()).toMatchObject([
      { channel: 'messenger', chat: 'shop-chat:42', subject: 'Where is my order?', messages: 2 },
    ]);
    expect(await Contacts.find().lean()).toMatchObject([
      { firstName: 'Anna', phoneKey: '+79123456789', attributes: { shop_chat: '42' } },
    ]);
    expect((await conversation()).map(({ messageId }) => messageId).sort()).toEqual(['shop-chat:1', 'shop-chat:2']);
  });

  it('is taken once also when its first request has been forgotten', async () => {
    await signed('messengers/shop-chat', message);
    await tickets();
    await Intake.deleteMany({});
    await signed('messengers/shop-chat', message);
    expect(await tickets()).toMatchObject([{ messages: 1 }]);
  });

  it('knows the contact by the attribute that is called like the source', async () => {
    await api.call('POST', '/api/leads', { email: 'anna@example.com', attributes: { shop_chat: '42' } });
    await api.drain();
    await signed('messengers/shop-chat', { ...message, from: {} });
    const [contact] = await Contacts.find().lean();
    expect(await tickets()).toMatchObject([{ contactId: contact?._id }]);
    expect(await Contacts.countDocuments()).toBe(1);
  });

  it('keeps files', async () => {
    const files = [{ name: 'a.txt', type: 'text/plain', content: Buffer.from('hello').toString('base64') }];
    await signed('messengers/shop-chat', { ...message, files });
    await tickets();
    const [{ attachments }] = (await conversation()) as [TicketMessageDoc];
    expect(attachments).toMatchObject([{ name: 'a.txt', size: 5 }]);
    expect((await loadFile(attachments[0]?.file ?? '')).toString()).toBe('hello');
  });

  it.each([
    ['no signature', () => post('messengers/shop-chat', JSON.stringify(message), {}), 401, 'SIGNATURE_INVALID'],
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
      () => signed('messengers/shop-chat', message, { at: new Date(Date.now() + 301_000) }),
      401,
      'SIGNATURE_INVALID',
    ],
    ['an unknown source', () => signed('messengers/nobody', message), 404, 'NOT_FOUND'],
    ['a telephone as a messenger', () => signed('messengers/calls', message), 404, 'NOT_FOUND'],
    ['a call in a chat', () => signed('messengers/shop-chat', call), 422, 'VALIDATION_FAILED'],
    ['an unknown field', () => signed('messengers/shop-chat', { ...message, more: 1 }), 422, 'VALIDATION_FAILED'],
    ['no JSON', () => post('messengers/vk', '{', {}), 400, 'MALFORMED_JSON'],
    ['too much', () => post('messengers/shop-chat', 'x'.repeat(11_000_000), {}), 413, 'BODY_TOO_LARGE'],
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
    expect(await tickets()).toMatchObject([
      { channel: 'phone', subject: 'Call back +79123456789', status: 'new', messages: 2 },
    ]);
    expect((await conversation()).map(({ text }) => text).sort()).toEqual([
      'Missed call from +79123456789',
      'Missed call from +79123456789, 20 s',
    ]);
  });

  it('one that an agent answered is an answer; its end and its recording are notes', async () => {
    await signed('telephony/pbx', { ...call, state: 'answered', agent: 'boris' });
    await tickets();
    await signed('telephony/pbx', { ...call, state: 'ended', seconds: 90 });
    await signed('telephony/pbx', {
      type: 'call',
      id: 'c1',
      state: 'recorded',
      direction: 'in',
      recording: 'https://pbx.example/c1.mp3',
    });
    const [ticket] = await tickets();
    expect(ticket).toMatchObject({ subject: 'Call from +79123456789', status: 'open', messages: 4 });
    expect(ticket?.lastAgentAt).toBeInstanceOf(Date);
    expect((await conversation()).map(({ kind, text }) => `${kind}: ${text}`).sort()).toEqual([
      'agent: Answered the call from +79123456789',
      'customer: Answered the call from +79123456789',
      'note: Recording of the call: https://pbx.example/c1.mp3',
      'note: The call with +79123456789 is over, 90 s',
    ]);
  });

  it('calling back is a note on the ticket; a call about nothing known leaves no trace', async () => {
    await signed('telephony/pbx', { ...call, id: 'x', state: 'ended', direction: 'out' });
    await signed('telephony/pbx', call);
    await tickets();
    await signed('telephony/pbx', { ...call, id: 'c9', state: 'ended', direction: 'out', seconds: 60 });
    expect(await tickets()).toMatchObject([{ messages: 2 }]);
    expect((await conversation()).find(({ kind }) => kind === 'note')?.text).toBe(
      'Called +79123456789: answered, 60 s',
    );
  });

  it('a withheld number opens nothing', async () => {
    await signed('telephony/pbx', { type: 'call', id: 'c1', state: 'missed', direction: 'in' });
    expect(await tickets()).toEqual([]);
  });
});

describe('Telegram', () => {
  const update = (parts: object) => ({
    update_id: 1,
    message: {
      message_id: 7,
      date: 1_762_335_240,
      from: { id: 42, is_bot: false, first_name: 'Анна', last_name: 'Иванова', language_code: 'ru' },
      chat: { id: 42, type: 'private', first_name: 'Анна' },
      ...parts,
    },
  });
  const send = (body: object, token = 'telegram-token') =>
    post('messengers/bot', JSON.stringify(body), { 'x-telegram-bot-api-secret-token': token });

  it('messages of a person make a ticket, with what is no text by its name', async () => {
    expect(await send(update({ text: 'Здравствуйте' }))).toMatchObject({ status: 200 });
    await send(update({ message_id: 8, caption: 'вот', photo: [{ file_id: 'x' }] }));
    expect(await tickets()).toMatchObject([{ chat: 'bot:42', messages: 2 }]);
    expect((await conversation()).map(({ text }) => text).sort()).toEqual(['Здравствуйте', 'вот [photo]'].sort());
    expect(await Contacts.find().lean()).toMatchObject([{ firstName: 'Анна', lastName: 'Иванова' }]);
  });

  it('a number that somebody shares of themselves is theirs, another is not', async () => {
    await send(update({ contact: { phone_number: '79123456789', first_name: 'Анна', user_id: 42 } }));
    await send(
      update({
        message_id: 9,
        chat: { id: 43, type: 'private' },
        contact: { phone_number: '79120000000', first_name: 'B', user_id: 1 },
      }),
    );
    await tickets();
    expect((await Contacts.find().lean()).map(({ phoneKey }) => phoneKey)).toEqual(
      expect.arrayContaining(['+79123456789', undefined]),
    );
  });

  it('refuses another token and lets groups, bots and other updates pass', async () => {
    expect(await send(update({ text: 'x' }), 'other')).toMatchObject({ status: 401 });
    expect(await send(update({ text: 'x', chat: { id: -5, type: 'group' } }))).toMatchObject({
      status: 200,
      text: '{}',
    });
    expect(await send({ update_id: 2, callback_query: { id: '1' } })).toMatchObject({ status: 200, text: '{}' });
    expect(await tickets()).toEqual([]);
  });
});

describe('VK', () => {
  const event = (parts: object, object: object = {}) => ({
    group_id: 1,
    type: 'message_new',
    event_id: 'e1',
    v: '5.199',
    secret: 'vk-secret-key',
    object: {
      message: {
        date: 1,
        from_id: 612,
        id: 3,
        out: 0,
        attachments: [],
        conversation_message_id: 9,
        fwd_messages: [],
        peer_id: 612,
        random_id: 0,
        text: 'Привет',
        ...object,
      },
      client_info: {},
    },
    ...parts,
  });
  const send = (body: object) => post('messengers/vk', JSON.stringify(body), { 'content-type': 'application/json' });

  it('hears the confirmation string, and ok to every event', async () => {
    expect(await send({ type: 'confirmation', group_id: 1 })).toEqual({ status: 200, text: '693d0ba9' });
    expect(await send(event({}))).toEqual({ status: 200, text: 'ok' });
    expect(await send(event({}, { peer_id: 2_000_000_001 }))).toEqual({ status: 200, text: 'ok' });
    expect(await send(event({ type: 'group_join', object: { user_id: 1 } }))).toEqual({ status: 200, text: 'ok' });
    expect(await send(event({ secret: 'wrong' }))).toMatchObject({ status: 401 });
    expect(await tickets()).toMatchObject([{ chat: 'vk:612', subject: 'Привет', messages: 1 }]);
  });
});

describe('Twilio', () => {
  it('signs as its documentation says', () => {
    const fields = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+12349013030',
      Digits: '1234',
      From: '+12349013030',
      To: '+18005551212',
    };
    expect(twilioSignature('https://mycompany.com/myapp.php?foo=1&bar=2', fields, '12345')).toBe(
      '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
    );
  });

  it('a number that nobody picked up is to be called back', async () => {
    const fields = {
      CallSid: 'CA1',
      CallStatus: 'in-progress',
      DialCallStatus: 'no-answer',
      Direction: 'inbound',
      From: '+79123456789',
      To: '+74950000000',
    };
    const signature = twilioSignature('http://localhost/api/webhooks/telephony/calls', fields, twilioToken);
    const body = new URLSearchParams(fields).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
    expect(await post('telephony/calls', body, headers)).toEqual({ status: 200, text: '<Response/>' });
    expect(await post('telephony/calls', `${body}&x=1`, headers)).toMatchObject({ status: 401 });
    expect(await tickets()).toMatchObject([{ subject: 'Call back +79123456789', chat: 'calls:+79123456789' }]);
  });
});

describe('Zadarma', () => {
  it('a call that nobody answered is to be called back, its signature being over three of its fields', async () => {
    const fields = {
      event: 'NOTIFY_END',
      call_start: '2025-11-05 12:34:56',
      pbx_call_id: 'in_1',
      caller_id: '+79123456789',
      called_did: '74950000000',
      duration: '12',
      disposition: 'no answer',
    };
    const body = new URLSearchParams(fields).toString();
    expect(await post('telephony/phones', body, { signature: zadarmaSignature(fields, zadarmaSecret) })).toMatchObject({
      status: 200,
    });
    expect(await post('telephony/phones', body, { signature: zadarmaSignature(fields, 'other') })).toMatchObject({
      status: 401,
    });
    expect(await tickets()).toMatchObject([{ subject: 'Call back +79123456789' }]);
  });

  it('says back what is asked when the address is checked', async () => {
    const answer = await fetch(`${api.url}/api/webhooks/telephony/phones?zd_echo=%3Cb%3E1`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toBe('<b>1');
  });
});
