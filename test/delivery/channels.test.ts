import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { SmsGateway } from '../../delivery/channels/handover.ts';
import { smsRu } from '../../delivery/channels/sms-ru.ts';
import { classifySmtpError } from '../../delivery/channels/smtp-error.ts';
import { twilio } from '../../delivery/channels/twilio.ts';

const sms = { key: 'i/s/1', to: '+79123456789', text: 'Привет & пока' };

interface Seen {
  path: string;
  method: string;
  headers: IncomingMessage['headers'];
  form: Record<string, string>;
}

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A gateway that answers every request alike, or hangs up. */
async function gateway(
  answer: { status?: number; json: unknown } | 'hang-up',
): Promise<{ origin: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const started = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    seen.push({ path: request.url ?? '', method: request.method ?? '', headers: request.headers, form });
    if (answer === 'hang-up') return void request.socket.destroy();
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(started.address() as AddressInfo).port}`, seen };
}

const overSmsRu = (origin: string): SmsGateway => smsRu({ apiId: 'API-ID', from: 'Shop', origin });
const overTwilio = (origin: string, from = '+15005550006'): SmsGateway =>
  twilio({ accountSid: 'AC123', authToken: 'token', from, origin });

describe('SMS.RU', () => {
  it('posts its format and reads the id', async () => {
    const json = {
      status: 'OK',
      status_code: 100,
      sms: { '79123456789': { status: 'OK', status_code: 100, sms_id: '000000-10000000' } },
      balance: 4122.56,
    };
    const { origin, seen } = await gateway({ json });
    expect(await overSmsRu(origin).send(sms)).toEqual({ outcome: 'sent', providerId: '000000-10000000' });
    expect(seen).toMatchObject([
      {
        path: '/sms/send',
        method: 'POST',
        form: { api_id: 'API-ID', to: '79123456789', msg: sms.text, json: '1', from: 'Shop' },
      },
    ]);
  });

  const refused = (code: number) => ({
    json: {
      status: 'OK',
      status_code: 100,
      sms: { '79123456789': { status: 'ERROR', status_code: code, status_text: 'Нет' } },
    },
  });

  it.each([
    ['a wrong number', refused(202), 'bounced'],
    ['a number in the stop list', refused(209), 'bounced'],
    ['a daily limit', refused(230), 'failed'],
    ['no money', { json: { status: 'ERROR', status_code: 201, status_text: 'Нет денег' } }, 'retry'],
    ['a wrong api_id', { json: { status: 'ERROR', status_code: 200 } }, 'retry'],
    ['a service that rests', { json: { status: 'ERROR', status_code: 220 } }, 'retry'],
    ['something else than JSON', { json: undefined }, 'unknown'],
    ['an answer about nobody', { json: { status: 'OK', status_code: 100, sms: {} } }, 'unknown'],
    ['too many requests', { status: 429, json: {} }, 'retry'],
    ['a gateway in trouble', { status: 502, json: {} }, 'unknown'],
    ['a lost answer', 'hang-up' as const, 'unknown'],
  ])('takes %s as %s', async (_, answer, outcome) => {
    const { origin } = await gateway(answer);
    expect(await overSmsRu(origin).send(sms)).toMatchObject({ outcome });
  });

  it('tries again when nobody was there', async () => {
    const { origin } = await gateway('hang-up');
    server?.close();
    expect(await overSmsRu(origin).send(sms)).toMatchObject({ outcome: 'retry', error: { code: 'ECONNREFUSED' } });
  });
});

describe('Twilio', () => {
  it('posts its format and reads the id', async () => {
    const { origin, seen } = await gateway({ status: 201, json: { sid: 'SM1', status: 'queued' } });
    expect(await overTwilio(origin).send(sms)).toEqual({ outcome: 'sent', providerId: 'SM1' });
    expect(seen).toMatchObject([
      {
        path: '/2010-04-01/Accounts/AC123/Messages.json',
        method: 'POST',
        headers: { authorization: `Basic ${btoa('AC123:token')}` },
        form: { To: '+79123456789', From: '+15005550006', Body: sms.text },
      },
    ]);
  });

  it('names a messaging service as such', async () => {
    const { origin, seen } = await gateway({ status: 201, json: { sid: 'SM1' } });
    await overTwilio(origin, 'MG42').send(sms);
    expect(seen[0]?.form).toEqual({ To: '+79123456789', MessagingServiceSid: 'MG42', Body: sms.text });
  });

  it.each([
    ['a wrong number', { status: 400, json: { code: 21211, message: 'Invalid To', status: 400 } }, 'bounced'],
    [
      'a recipient who said STOP',
      { status: 400, json: { code: 21610, message: 'Unsubscribed', status: 400 } },
      'bounced',
    ],
    ['a body too long', { status: 400, json: { code: 21617, message: 'Too long', status: 400 } }, 'failed'],
    ['wrong credentials', { status: 401, json: { code: 20003, message: 'Authenticate', status: 401 } }, 'retry'],
    ['too many requests', { status: 429, json: { code: 20429, message: 'Too many', status: 429 } }, 'retry'],
    ['an answer that is not Twilio’s', { status: 200, json: {} }, 'unknown'],
    ['a lost answer', 'hang-up' as const, 'unknown'],
  ])('takes %s as %s', async (_, answer, outcome) => {
    const { origin } = await gateway(answer);
    expect(await overTwilio(origin).send(sms)).toMatchObject({ outcome });
  });
});

describe('errors of SMTP', () => {
  const error = (code: string, responseCode?: number, message = 'no', command = 'RCPT TO') =>
    Object.assign(new Error(message), { code, command, ...(responseCode !== undefined && { responseCode }) });

  it.each([
    [error('EENVELOPE', 550, '550 5.1.1 unknown'), false, 'bounced'],
    [error('EENVELOPE', 550, '550 User unknown'), false, 'bounced'],
    [error('EENVELOPE', 550, '550 5.7.1 Listed as spam'), false, 'failed'],
    [error('EENVELOPE', 552, '552 5.2.2 Mailbox full'), false, 'failed'],
    [error('EENVELOPE', 553, '553 5.1.8 Bad sender', 'MAIL FROM'), false, 'failed'],
    [error('EMESSAGE', 554, '554 Spam', 'DATA'), true, 'failed'],
    [error('EMESSAGE', 451, '451 Later', 'DATA'), true, 'retry'],
    [error('EENVELOPE', 421, '421 Bye'), false, 'retry'],
    [error('EAUTH', 535, '535 Wrong password', 'AUTH'), false, 'retry'],
    [error('ECONNECTION'), false, 'retry'],
    [error('ETIMEDOUT'), false, 'retry'],
    [error('ECONNECTION'), true, 'unknown'],
    [error('ETIMEDOUT'), true, 'unknown'],
    [error('EENVELOPE', undefined, 'Invalid recipient', 'API'), false, 'bounced'],
    [error('EMESSAGE', undefined, 'Message size larger than allowed', 'MAIL FROM'), false, 'failed'],
  ])('%s, text begun: %s → %s', (cause, began, outcome) => {
    expect(classifySmtpError(cause, began).outcome).toBe(outcome);
  });
});
