import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptMail } from '../../../delivery/inbound/accept.ts';
import { mailsPerHour } from '../../../delivery/inbound/judge.ts';
import type { InboundDeps } from '../../../delivery/inbound/receive.ts';
import { type InboundServer, startInbound } from '../../../delivery/inbound/server.ts';
import type { JsonObject } from '../../../engine/json.ts';
import { loadFile } from '../../../store/files.ts';
import { type InboundMailDoc, InboundMails } from '../../../store/models/inbound-mail.ts';
import { Intake } from '../../../store/models/intake.ts';
import { Tickets } from '../../../store/models/ticket.ts';
import { createWorld, type World } from '../fixtures/world.ts';
import { deliver, mail, plain } from './fixtures.ts';

let world: World;
let server: InboundServer;
let deps: InboundDeps;
beforeAll(async () => {
  world = await createWorld();
  const { clock, queues } = world;
  deps = { clock, queues, policy: async () => world.policy, log: pino({ level: 'silent' }) };
  server = await startInbound({ port: 0, host: '127.0.0.1', maxBytes: 3 * 1024 * 1024 }, deps);
});
afterAll(async () => {
  await server.close();
  await world.close();
});
beforeEach(async () => {
  await Promise.all([world.reset(), InboundMails.deleteMany({}), Tickets.deleteMany({})]);
});

async function kept(): Promise<InboundMailDoc[]> {
  return await InboundMails.find().sort({ receivedAt: 1, _id: 1 }).lean();
}

/** Bodies of what was submitted, as JSON. */
async function bodies(): Promise<JsonObject[]> {
  return JSON.parse(JSON.stringify((await world.submitted()).map(({ body }) => body)));
}

async function onlyItem(): Promise<JsonObject> {
  expect((await world.submitted()).map(({ kind }) => kind)).toEqual(['ticket']);
  return (await bodies())[0] ?? {};
}

describe('a mail to the support address', () => {
  it('is answered 250 when it and its item are stored', async () => {
    expect(await deliver(server.port, { raw: mail('gmail-ru') })).toMatch(
      /^250 2\.6\.0 kept as [0-9a-f]{24} \(ticket\)/,
    );
    const [only] = await kept();
    expect(only).toMatchObject({ verdict: 'ticket', from: 'anna@gmail.example', to: ['support@example.com'] });
    expect(await loadFile(only?.raw ?? '')).toEqual(mail('gmail-ru'));
    expect(await onlyItem()).toMatchObject({
      do: 'from-customer',
      channel: 'email',
      email: 'anna@gmail.example',
      firstName: 'Анна',
      lastName: 'Иванова',
      subject: 'Re: Доставка не пришла [#12]',
      number: 12,
      references: ['<3f5a1c@example.com>'],
      message: {
        text: 'Добрый день! Курьер так и не приехал.\nКогда ждать?',
        quoted: expect.stringContaining('Заказ передан курьеру'),
        messageId: '<CAK7=gmail-ru@mail.gmail.example>',
        auto: false,
      },
    });
  });

  it('is taken once, however often and at whichever address it comes', async () => {
    world.policy.company.support = ['support@example.com', 'help@example.com'];
    const raw = mail('gmail-en');
    await deliver(server.port, { raw });
    await deliver(server.port, { raw });
    await deliver(server.port, {
      raw: Buffer.concat([Buffer.from('Received: by elsewhere\r\n'), raw]),
      to: 'help@example.com',
    });
    await Promise.all(Array.from({ length: 5 }, () => deliver(server.port, { raw })));
    expect(await kept()).toHaveLength(1);
    expect(await world.submitted()).toHaveLength(1);
    delete world.policy.company.support;
  });

  it('is taken again when the store had only half of it', async () => {
    const raw = mail('gmail-en');
    await deliver(server.port, { raw });
    await Intake.deleteMany({});
    await deliver(server.port, { raw });
    expect(await world.submitted()).toHaveLength(1);
  });

  it('without a Message-ID is known by what it says', async () => {
    await deliver(server.port, { raw: plain({ Date: 'Wed, 05 Nov 2025 12:50:00 +0300' }, 'It is broken') });
    await deliver(server.port, { raw: plain({ Date: 'Wed, 05 Nov 2025 12:50:00 +0300' }, 'It is broken') });
    await deliver(server.port, { raw: plain({ Date: 'Thu, 06 Nov 2025 12:50:00 +0300' }, 'It is broken') });
    const mails = await kept();
    expect(mails.map(({ verdict }) => verdict)).toEqual(['ticket', 'ticket']);
    const ids = (await bodies()).map(({ message }) => message);
    expect(ids).toMatchObject(mails.map(({ _id }) => ({ messageId: `mail:${_id}` })));
  });

  it('is answered to Reply-To, as contact forms of websites want it', async () => {
    await deliver(server.port, {
      raw: plain({ From: 'Site <noreply@site.example>', 'Reply-To': '"Doe, Jane" <jane@example.org>' }, 'Hi'),
    });
    expect(await onlyItem()).toMatchObject({ email: 'jane@example.org', firstName: 'Jane', lastName: 'Doe' });
  });

  it('keeps its attachments in the file store', async () => {
    const raw = Buffer.from(
      [
        'From: anna@example.org',
        'To: support@example.com',
        'Subject: Photo',
        'Message-ID: <photo@example.org>',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'See the photo',
        '--b',
        "Content-Type: image/png; name*=UTF-8''%D1%84%D0%BE%D1%82%D0%BE.png",
        'Content-Transfer-Encoding: base64',
        "Content-Disposition: attachment; filename*=UTF-8''%D1%84%D0%BE%D1%82%D0%BE.png",
        '',
        'iVBORw0KGgo=',
        '--b--',
        '',
      ].join('\r\n'),
    );
    await deliver(server.port, { raw });
    const { message } = await onlyItem();
    const { attachments } = JSON.parse(JSON.stringify(message));
    expect(attachments).toMatchObject([{ name: 'фото.png', type: 'image/png', size: 8 }]);
    expect((await loadFile(attachments[0].file)).toString('base64')).toBe('iVBORw0KGgo=');
  });

  it('of an unknown character set is read as well as it can be', async () => {
    await deliver(server.port, { raw: mail('unknown-charset') });
    expect(await onlyItem()).toMatchObject({ message: { text: 'Where is my order?' } });
  });

  it('to another address is refused', async () => {
    await expect(deliver(server.port, { raw: mail('gmail-en'), to: 'boss@example.com' })).rejects.toThrow(
      /550 5\.1\.1/,
    );
    expect(await kept()).toEqual([]);
  });
});

describe('mails of machines', () => {
  it.each([
    ['vacation-ru', 'Auto-Submitted: auto-replied (vacation)'],
    ['exchange-oof', 'Subject: Automatic reply: Invoice 77'],
    ['newsletter', 'Precedence: bulk'],
  ])('%s opens no ticket and is kept', async (name, reason) => {
    await deliver(server.port, { raw: mail(name) });
    expect(await kept()).toMatchObject([{ verdict: 'autoreply', reason }]);
    expect(await world.submitted()).toEqual([]);
  });

  it('go into the conversation that they answer, as autoreplies', async () => {
    await ticket('t1', { references: ['<3f5a1c@example.com>'] });
    await deliver(server.port, { raw: mail('vacation-ru') });
    expect(await onlyItem()).toMatchObject({ message: { auto: true, text: 'Я в отпуске до 15 ноября.' } });
  });

  it('a bounce marks its message and opens nothing', async () => {
    const message = await world.message(await world.contact(), { status: 'sent' });
    const raw = Buffer.from(
      [
        'From: MAILER-DAEMON@mx.example',
        'To: support@example.com',
        'Subject: Undelivered',
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'Sorry',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Final-Recipient: rfc822; x@example.com',
        'Action: failed',
        'Status: 5.1.1',
        '',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        `Message-ID: ${message.messageId}`,
        '--b--',
        '',
      ].join('\r\n'),
    );
    await deliver(server.port, { raw, from: '' });
    expect(await kept()).toMatchObject([{ verdict: 'bounce' }]);
    expect(await world.stored(message._id)).toMatchObject({ status: 'bounced' });
    expect((await world.submitted()).map(({ kind }) => kind)).toEqual(['event', 'suppression']);
  });

  it('a mail of ours that comes back opens nothing', async () => {
    const message = await world.message(await world.contact());
    await deliver(server.port, { raw: plain({ 'Message-ID': message.messageId ?? '' }, 'mine') });
    await deliver(server.port, {
      raw: plain({ 'X-Voronka-Loop': 'support@example.com', 'Message-ID': '<l1@x.example>' }, 'a'),
    });
    await deliver(server.port, { raw: plain({ From: 'Support@Example.com', 'Message-ID': '<l2@x.example>' }, 'b') });
    expect((await kept()).map(({ verdict }) => verdict)).toEqual(['loop', 'loop', 'loop']);
    expect(await world.submitted()).toEqual([]);
  });

  it('two machines that answer each other are stopped; a patient person is not', async () => {
    const write = (n: number, from: string) =>
      deliver(server.port, {
        raw: plain({ From: from, 'Message-ID': `<${n}-${from}>`, 'In-Reply-To': '<open@example.com>' }, `${n}`),
      });
    await ticket('t1', { references: ['<open@example.com>'] });
    for (let n = 0; n < mailsPerHour + 5; n++) await write(n, 'robot@example.org');
    expect((await kept()).filter(({ verdict }) => verdict === 'ticket')).toHaveLength(mailsPerHour);
    expect(await write(1, 'anna@example.org')).toContain('(ticket)');
    world.clock.advance(3_600_001);
    expect(await write(99, 'robot@example.org')).toContain('(ticket)');
  });
});

describe('hostile and broken mails', () => {
  it('one that is too large is refused with a word about it', async () => {
    const raw = plain({ 'Message-ID': '<big@example.org>' }, 'x'.repeat(76).concat('\r\n').repeat(50_000));
    await expect(deliver(server.port, { raw })).rejects.toThrow(/552/);
    expect(await kept()).toEqual([]);
  });

  it.each([
    ['nothing', Buffer.from('\r\n')],
    ['noise', Buffer.from(Array.from({ length: 20_000 }, (_, n) => (n * 7919) % 251))],
    [
      'a body without an end',
      Buffer.from(
        'From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello',
      ),
    ],
    [
      '10,000 header fields',
      plain(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`X-Field-${n}`, 'value'])), 'hello'),
    ],
    ['a header of 2 MB', plain({ 'X-Long': 'y'.repeat(2_000_000) }, 'hello')],
    ['5,000 multiparts in each other', nested(5_000)],
    [
      'HTML in 100,000 levels',
      Buffer.from(`From: a@b.example\r\nContent-Type: text/html\r\n\r\n${'<b>'.repeat(100_000)}hello`),
    ],
    ['base64 that is none', Buffer.from('From: a@b.example\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!====%%%%')],
    ['no sender at all', Buffer.from('Subject: x\r\n\r\nhello')],
  ])('%s is kept, with a verdict, and within seconds', async (_, raw) => {
    const began = performance.now();
    await deliver(server.port, { raw });
    expect(performance.now() - began).toBeLessThan(10_000);
    const mails = await kept();
    expect(mails).toHaveLength(1);
    expect((await loadFile(mails[0]?.raw ?? '')).length).toBe(mails[0]?.size);
    if (mails[0]?.verdict === 'ticket') await onlyItem();
    else expect(mails[0]).toMatchObject({ verdict: 'malformed', reason: expect.stringMatching(/.{10}/) });
  });

  it('keep the whole mail with the message when the message cannot hold all of it', async () => {
    await deliver(server.port, { raw: plain({ 'Message-ID': '<long@example.org>' }, 'word '.repeat(100_000)) });
    const { message } = await onlyItem();
    expect(message).toMatchObject({ attachments: [{ name: 'mail.eml', type: 'message/rfc822' }] });
  });
});

describe('a mail that became no ticket', () => {
  it('becomes one when a person says so, once', async () => {
    await deliver(server.port, { raw: mail('exchange-oof') });
    const [only] = await kept();
    const accept = () => acceptMail(only?._id ?? '', { by: 'user:anna' }, deps);
    expect(await accept()).toBe(await accept());
    expect(await onlyItem()).toMatchObject({ email: 'jane@corp.example', message: { auto: false } });
    expect(await kept()).toMatchObject([{ verdict: 'autoreply', acceptedBy: 'user:anna' }]);
  });

  it('needs a writer', async () => {
    await deliver(server.port, { raw: Buffer.from('Subject: x\r\n\r\nhello'), from: '' });
    const [only] = await kept();
    await expect(acceptMail(only?._id ?? '', { by: 'api' }, deps)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    await acceptMail(only?._id ?? '', { by: 'api', from: 'anna@example.org' }, deps);
    expect(await onlyItem()).toMatchObject({ email: 'anna@example.org' });
  });

  it('another mail under a known Message-ID is shown, not dropped', async () => {
    await deliver(server.port, { raw: plain({ 'Message-ID': '<same@example.org>' }, 'one') });
    await deliver(server.port, { raw: plain({ 'Message-ID': '<same@example.org>' }, 'two') });
    const mails = await kept();
    expect(mails.map(({ verdict }) => verdict)).toEqual(['ticket', 'duplicate']);
    await acceptMail(mails[1]?._id ?? '', { by: 'api' }, deps);
    expect((await bodies())[1]).toMatchObject({
      message: { text: 'two', messageId: `mail:${mails[1]?._id}` },
    });
  });
});

function nested(depth: number): Buffer {
  const open = Array.from(
    { length: depth },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
  );
  return Buffer.from(`From: a@b.example\r\n${open.join('')}Content-Type: text/plain\r\n\r\nhello\r\n`);
}

async function ticket(id: string, fields: { references: string[] }): Promise<void> {
  const at = new Date(world.clock.now());
  await Tickets.create({
    _id: id,
    number: 1,
    subject: 's',
    status: 'open',
    priority: 'normal',
    channel: 'email',
    contactId: 'c',
    createdAt: at,
    updatedAt: at,
    ...fields,
  });
}
