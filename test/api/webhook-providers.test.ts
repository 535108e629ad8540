import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { twilioSignature } from '../../delivery/inbound/webhooks/twilio.ts';
import { zadarmaSignature } from '../../delivery/inbound/webhooks/zadarma.ts';
import { Contacts } from '../../store/models/contact.ts';
import { type WebhookBench, webhookBench } from './webhook-bench.ts';

const twilioToken = '12345678901234567890';
const zadarmaSecret = 'zadarma-secret';

let bench: WebhookBench;
beforeAll(async () => {
  bench = await webhookBench([
    { name: 'bot', format: 'telegram', secret: 'telegram-token' },
    { name: 'vk', format: 'vk', secret: 'vk-secret-key', confirmation: '693d0ba9' },
    { name: 'calls', format: 'twilio', secret: twilioToken },
    { name: 'phones', format: 'zadarma', secret: zadarmaSecret },
  ]);
});
afterAll(async () => await bench.api.close());
beforeEach(async () => await bench.clear());

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
    bench.post('messengers/bot', JSON.stringify(body), { 'x-telegram-bot-api-secret-token': token });

  it('messages of a person make a ticket, with what is no text by its name', async () => {
    expect(await send(update({ text: 'Здравствуйте' }))).toMatchObject({ status: 200 });
    await send(update({ message_id: 8, caption: 'вот', photo: [{ file_id: 'x' }] }));
    expect(await bench.tickets()).toMatchObject([{ chat: 'bot:42', messages: 2 }]);
    expect((await bench.conversation()).map(({ text }) => text).sort()).toEqual(['Здравствуйте', 'вот [photo]'].sort());
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
    await bench.tickets();
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
    expect(await bench.tickets()).toEqual([]);
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
  const send = (body: object) =>
    bench.post('messengers/vk', JSON.stringify(body), { 'content-type': 'application/json' });

  it('hears the confirmation string, and ok to every event', async () => {
    expect(await send({ type: 'confirmation', group_id: 1 })).toEqual({ status: 200, text: '693d0ba9' });
    expect(await send(event({}))).toEqual({ status: 200, text: 'ok' });
    expect(await send(event({}, { peer_id: 2_000_000_001 }))).toEqual({ status: 200, text: 'ok' });
    expect(await send(event({ type: 'group_join', object: { user_id: 1 } }))).toEqual({ status: 200, text: 'ok' });
    expect(await send(event({ secret: 'wrong' }))).toMatchObject({ status: 401 });
    expect(await bench.tickets()).toMatchObject([{ chat: 'vk:612', subject: 'Привет', messages: 1 }]);
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
    expect(await bench.post('telephony/calls', body, headers)).toEqual({ status: 200, text: '<Response/>' });
    expect(await bench.post('telephony/calls', `${body}&x=1`, headers)).toMatchObject({ status: 401 });
    expect(await bench.tickets()).toMatchObject([{ subject: 'Call back +79123456789', chat: 'calls:+79123456789' }]);
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
    expect(
      await bench.post('telephony/phones', body, { signature: zadarmaSignature(fields, zadarmaSecret) }),
    ).toMatchObject({
      status: 200,
    });
    expect(await bench.post('telephony/phones', body, { signature: zadarmaSignature(fields, 'other') })).toMatchObject({
      status: 401,
    });
    expect(await bench.tickets()).toMatchObject([{ subject: 'Call back +79123456789' }]);
  });

  it('says back what is asked when the address is checked', async () => {
    const answer = await fetch(`${bench.api.url}/api/webhooks/telephony/phones?zd_echo=%3Cb%3E1`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toBe('<b>1');
  });
});
