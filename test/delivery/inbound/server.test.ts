import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptMail } from '../../../delivery/inbound/accept.ts';
import { mailsPerHour } from '../../../delivery/inbound/judge.ts';
import { startInbound } from '../../../delivery/inbound/server.ts';
import { oneOfMachine } from '../../../delivery/one-of-machine.ts';
import { freePort } from '../../../scripts/servers/ports.ts';
import { loadFile } from '../../../store/files.ts';
import { Intake } from '../../../store/models/intake.ts';
import { Tickets } from '../../../store/models/ticket.ts';
import { eventually } from '../../support/poll.ts';
import { type InboundBench, inboundBench } from './bench.ts';
import { deliver, mail, plain } from './fixtures.ts';

let bench: InboundBench;
beforeAll(async () => {
  bench = await inboundBench();
});
afterAll(async () => await bench.close());
beforeEach(async () => await bench.clear());

describe('a mail to the support address', () => {
  it('is answered 250 when it and its item are stored', async () => {
    expect(await deliver(bench.port, { raw: mail('gmail-ru') })).toMatch(
      /^250 2\.6\.0 kept as [0-9a-f]{24} \(ticket\)/,
    );
    const [only] = await bench.kept();
    expect(only).toMatchObject({ verdict: 'ticket', from: 'anna@gmail.example', to: ['support@example.com'] });
    expect(await loadFile(only?.raw ?? '')).toEqual(mail('gmail-ru'));
    expect(await bench.onlyItem()).toMatchObject({
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
    bench.world.policy.company.support = ['support@example.com', 'help@example.com'];
    const raw = mail('gmail-en');
    await deliver(bench.port, { raw });
    await deliver(bench.port, { raw });
    await deliver(bench.port, {
      raw: Buffer.concat([Buffer.from('Received: by elsewhere\r\n'), raw]),
      to: 'help@example.com',
    });
    await Promise.all(Array.from({ length: 5 }, () => deliver(bench.port, { raw })));
    expect(await bench.kept()).toHaveLength(1);
    expect(await bench.world.submitted()).toHaveLength(1);
    delete bench.world.policy.company.support;
  });

  it('is taken again when the store had only half of it', async () => {
    const raw = mail('gmail-en');
    await deliver(bench.port, { raw });
    await Intake.deleteMany({});
    await deliver(bench.port, { raw });
    expect(await bench.world.submitted()).toHaveLength(1);
  });

  it('without a Message-ID is known by what it says', async () => {
    await deliver(bench.port, { raw: plain({ Date: 'Wed, 05 Nov 2025 12:50:00 +0300' }, 'It is broken') });
    await deliver(bench.port, { raw: plain({ Date: 'Wed, 05 Nov 2025 12:50:00 +0300' }, 'It is broken') });
    await deliver(bench.port, { raw: plain({ Date: 'Thu, 06 Nov 2025 12:50:00 +0300' }, 'It is broken') });
    const mails = await bench.kept();
    expect(mails.map(({ verdict }) => verdict)).toEqual(['ticket', 'ticket']);
    const ids = (await bench.bodies()).map(({ message }) => message);
    expect(ids).toMatchObject(mails.map(({ _id }) => ({ messageId: `mail:${_id}` })));
  });

  it('is answered to Reply-To, as contact forms of websites want it', async () => {
    await deliver(bench.port, {
      raw: plain({ From: 'Site <noreply@site.example>', 'Reply-To': '"Doe, Jane" <jane@example.org>' }, 'Hi'),
    });
    expect(await bench.onlyItem()).toMatchObject({ email: 'jane@example.org', firstName: 'Jane', lastName: 'Doe' });
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
    await deliver(bench.port, { raw });
    const { message } = await bench.onlyItem();
    const { attachments } = JSON.parse(JSON.stringify(message));
    expect(attachments).toMatchObject([{ name: 'фото.png', type: 'image/png', size: 8 }]);
    expect((await loadFile(attachments[0].file)).toString('base64')).toBe('iVBORw0KGgo=');
  });

  it('of an unknown character set is read as well as it can be', async () => {
    await deliver(bench.port, { raw: mail('unknown-charset') });
    expect(await bench.onlyItem()).toMatchObject({ message: { text: 'Where is my order?' } });
  });

  it('to another address is refused', async () => {
    await expect(deliver(bench.port, { raw: mail('gmail-en'), to: 'boss@example.com' })).rejects.toThrow(/550 5\.1\.1/);
    expect(await bench.kept()).toEqual([]);
  });
});

describe('mails of machines', () => {
  it.each([
    ['vacation-ru', 'Auto-Submitted: auto-replied (vacation)'],
    ['exchange-oof', 'Subject: Automatic reply: Invoice 77'],
    ['newsletter', 'Precedence: bulk'],
  ])('%s opens no ticket and is kept', async (name, reason) => {
    await deliver(bench.port, { raw: mail(name) });
    expect(await bench.kept()).toMatchObject([{ verdict: 'autoreply', reason }]);
    expect(await bench.world.submitted()).toEqual([]);
  });

  it('go into the conversation that they answer, as autoreplies', async () => {
    await ticket('t1', { references: ['<3f5a1c@example.com>'] });
    await deliver(bench.port, { raw: mail('vacation-ru') });
    expect(await bench.onlyItem()).toMatchObject({ message: { auto: true, text: 'Я в отпуске до 15 ноября.' } });
  });

  it('a bounce marks its message and opens nothing', async () => {
    const message = await bench.world.message(await bench.world.contact(), { status: 'sent' });
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
    await deliver(bench.port, { raw, from: '' });
    expect(await bench.kept()).toMatchObject([{ verdict: 'bounce' }]);
    expect(await bench.world.stored(message._id)).toMatchObject({ status: 'bounced' });
    expect((await bench.world.submitted()).map(({ kind }) => kind)).toEqual(['event', 'suppression']);
  });

  it('a mail of ours that comes back opens nothing', async () => {
    const message = await bench.world.message(await bench.world.contact());
    await deliver(bench.port, { raw: plain({ 'Message-ID': message.messageId ?? '' }, 'mine') });
    await deliver(bench.port, {
      raw: plain({ 'X-Voronka-Loop': 'support@example.com', 'Message-ID': '<l1@x.example>' }, 'a'),
    });
    await deliver(bench.port, { raw: plain({ From: 'Support@Example.com', 'Message-ID': '<l2@x.example>' }, 'b') });
    expect((await bench.kept()).map(({ verdict }) => verdict)).toEqual(['loop', 'loop', 'loop']);
    expect(await bench.world.submitted()).toEqual([]);
  });

  it('a form of the website may write in our name for somebody', async () => {
    await deliver(bench.port, { raw: plain({ From: 'hello@example.com', 'Reply-To': 'jane@example.org' }, 'hi') });
    expect(await bench.onlyItem()).toMatchObject({ email: 'jane@example.org' });
  });

  it('an autoresponder that answers in a conversation is stopped as well', async () => {
    await ticket('t1', { references: ['<open@example.com>'] });
    for (let n = 0; n < mailsPerHour + 2; n++) {
      const fields = {
        'Message-ID': `<a${n}@x.example>`,
        'In-Reply-To': '<open@example.com>',
        'Auto-Submitted': 'auto-replied',
      };
      await deliver(bench.port, { raw: plain(fields, 'I am away') });
    }
    const verdicts = (await bench.kept()).map(({ verdict }) => verdict);
    expect(verdicts.filter((verdict) => verdict === 'autoreply')).toHaveLength(mailsPerHour);
    expect(verdicts.filter((verdict) => verdict === 'loop')).toHaveLength(2);
  });

  it('two machines that answer each other are stopped; a patient person is not', async () => {
    const write = (n: number, from: string) =>
      deliver(bench.port, {
        raw: plain({ From: from, 'Message-ID': `<${n}-${from}>`, 'In-Reply-To': '<open@example.com>' }, `${n}`),
      });
    await ticket('t1', { references: ['<open@example.com>'] });
    for (let n = 0; n < mailsPerHour + 5; n++) await write(n, 'robot@example.org');
    expect((await bench.kept()).filter(({ verdict }) => verdict === 'ticket')).toHaveLength(mailsPerHour);
    expect(await write(1, 'anna@example.org')).toContain('(ticket)');
    bench.world.clock.advance(3_600_001);
    expect(await write(99, 'robot@example.org')).toContain('(ticket)');
  });
});

describe('a mail that became no ticket', () => {
  it('becomes one when a person says so, once', async () => {
    await deliver(bench.port, { raw: mail('exchange-oof') });
    const [only] = await bench.kept();
    const accept = () => acceptMail(only?._id ?? '', { by: 'user:anna' }, bench.deps);
    expect(await accept()).toBe(await accept());
    expect(await bench.onlyItem()).toMatchObject({ email: 'jane@corp.example', message: { auto: false } });
    expect(await bench.kept()).toMatchObject([{ verdict: 'autoreply', acceptedBy: 'user:anna' }]);
  });

  it('needs a writer', async () => {
    await deliver(bench.port, { raw: Buffer.from('Subject: x\r\n\r\nhello'), from: '' });
    const [only] = await bench.kept();
    await expect(acceptMail(only?._id ?? '', { by: 'api' }, bench.deps)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
    await acceptMail(only?._id ?? '', { by: 'api', from: 'anna@example.org' }, bench.deps);
    expect(await bench.onlyItem()).toMatchObject({ email: 'anna@example.org' });
  });

  it('another mail under a known Message-ID is shown, not dropped', async () => {
    await deliver(bench.port, { raw: plain({ 'Message-ID': '<same@example.org>' }, 'one') });
    await deliver(bench.port, { raw: plain({ 'Message-ID': '<same@example.org>' }, 'two') });
    const mails = await bench.kept();
    expect(mails.map(({ verdict }) => verdict)).toEqual(['ticket', 'duplicate']);
    await acceptMail(mails[1]?._id ?? '', { by: 'api' }, bench.deps);
    expect((await bench.bodies())[1]).toMatchObject({
      message: { text: 'two', messageId: `mail:${mails[1]?._id}` },
    });
  });
});

async function ticket(id: string, fields: { references: string[] }): Promise<void> {
  const at = new Date(bench.world.clock.now());
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

it('is taken by the next process of the machine when the one that has the port ends', async () => {
  const { deps } = bench;
  const port = await freePort(0);
  const settings = { port, host: '127.0.0.1', maxBytes: 1_000_000 };
  const start = () => oneOfMachine(port, () => startInbound(settings, deps), { log: deps.log, tryAgainMs: 20 });
  const first = await start();
  const second = await start();
  await first.close();
  await eventually(async () => (await deliver(port, { raw: plain({}, 'hello') })).includes('(ticket)'));
  await second.close();
  await expect(deliver(port, { raw: plain({}, 'hello') })).rejects.toThrow(/ECONNREFUSED/);
});
