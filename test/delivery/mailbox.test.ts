import nodemailer from 'nodemailer';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  clearMailbox,
  keepMail,
  listMailbox,
  mailboxSize,
  mailboxSms,
  readMailbox,
} from '../../delivery/mailbox/mailbox.ts';
import { bounceMailbox, type MailboxServer, startMailbox } from '../../delivery/mailbox/server.ts';
import { parseBounce } from '../../delivery/outbox/bounces.ts';
import { deliverDue } from '../../delivery/outbox/deliver.ts';
import type { OutboxDeps } from '../../delivery/outbox/deps.ts';
import { returnPathOf } from '../../delivery/outbox/message-id.ts';
import { Mailbox } from '../../store/models/mailbox.ts';
import { createWorld, type World } from './fixtures/world.ts';

let world: World;
let mailbox: MailboxServer;
let deps: OutboxDeps;
beforeAll(async () => {
  world = await createWorld();
  const { clock, queues } = world;
  mailbox = await startMailbox({ port: 0 }, { clock, queues, log: pino({ level: 'silent' }) });
  deps = { ...world.sendingTo(mailbox.url), returnPath: bounceMailbox };
});
afterAll(async () => {
  await mailbox.close();
  await world.close();
});
beforeEach(async () => {
  await world.reset();
  await clearMailbox();
});

describe('the built-in mailbox', () => {
  it('keeps what the outbox sends: headers, HTML, text and source', async () => {
    const contact = await world.contact({ firstName: 'Анна' });
    const message = await world.message(contact);
    await deliverDue(deps);
    const { items, next } = await listMailbox({ limit: 10 });
    const [line, ...more] = items;
    expect(next).toBeUndefined();
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      kind: 'email',
      to: [contact.email],
      subject: 'Hello Анна',
      messageId: message.messageId,
    });
    expect(line).not.toHaveProperty('html');
    const mail = await readMailbox(line?._id ?? '');
    expect(mail?.html).toContain('Dear Анна');
    expect(mail?.text).toContain('Dear Анна');
    expect(mail?.source).toMatch(/^Message-ID: /m);
  });

  it('plays an address that does not exist', async () => {
    const message = await world.message(await world.contact({ email: 'bounce@example.com' }));
    await deliverDue(deps);
    expect(await world.stored(message._id)).toMatchObject({ status: 'bounced' });
    expect(await listMailbox({ limit: 10 })).toEqual({ items: [] });
    expect(await world.submitted()).toMatchObject([{ body: { event: 'message.bounced' } }, { kind: 'suppression' }]);
  });

  it('keeps an SMS once, however often it is sent', async () => {
    const gateway = mailboxSms(world.clock);
    const sms = { key: 'i/s/1', to: '+79123456789', text: 'Hi' };
    expect([await gateway.send(sms), await gateway.send(sms)]).toEqual([
      { outcome: 'sent', providerId: 'sms/i/s/1' },
      { outcome: 'sent', providerId: 'sms/i/s/1' },
    ]);
    expect(await listMailbox({ limit: 10 })).toMatchObject({ items: [{ kind: 'sms', text: 'Hi' }] });
  });

  it('lets go of the oldest', async () => {
    const mails = Array.from({ length: mailboxSize * 1.25 }, (_, n) => ({
      _id: String(n).padStart(6, '0'),
      kind: 'email' as const,
      from: '',
      to: [],
      subject: String(n),
      text: '',
      // Several share an instant, as in a burst.
      receivedAt: new Date(Math.floor(n / 3) * 1_000),
    }));
    await Mailbox.insertMany(mails.slice(0, -1), { lean: true });
    await keepMail(mails.slice(-1));
    expect(await Mailbox.countDocuments()).toBe(mailboxSize);
    const first = await listMailbox({ limit: 400 });
    const second = await listMailbox({ limit: 400, cursor: first.next ?? '' });
    const third = await listMailbox({ limit: 400, cursor: second.next ?? '' });
    expect(third.next).toBeUndefined();
    const subjects = [first, second, third].flatMap(({ items }) => items.map(({ subject }) => Number(subject)));
    expect(subjects).toEqual(Array.from({ length: mailboxSize }, (_, n) => mails.length - 1 - n));
    await expect(listMailbox({ limit: 1, cursor: 'x' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});

/** A delivery status notification as mail servers write it (RFC 3464, Appendix). */
function notification(status: string, action: string, quoted: string): string {
  return [
    'From: MAILER-DAEMON@mx.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Message-ID: <own@mx.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    ' boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'I am sorry.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; anna@example.com',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 no',
    ' such user',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${quoted}`,
    'Subject: Hello',
    '--b--',
    '',
  ].join('\r\n');
}

async function deliverNotification(to: string, raw: string): Promise<void> {
  const transport = nodemailer.createTransport(mailbox.url);
  await transport.sendMail({ envelope: { from: '', to: [to] }, raw });
  transport.close();
}

describe('bounces that come by mail', () => {
  it('are found by the return path', async () => {
    const contact = await world.contact();
    const message = await world.message(contact);
    await deliverDue(deps);
    const returnPath = returnPathOf(message.messageId ?? '', bounceMailbox);
    await deliverNotification(returnPath, notification('5.1.1', 'failed', '<lost@example.com>'));
    expect(await world.stored(message._id)).toMatchObject({
      status: 'bounced',
      error: { code: '5.1.1', message: 'smtp; 550 no such user' },
    });
    const submitted = await world.submitted();
    expect(submitted).toMatchObject([
      { body: { event: 'message.sent' } },
      { body: { event: 'message.bounced', message: message._id } },
      { kind: 'suppression', body: { contactId: contact._id, reason: 'bounced' } },
    ]);
    await deliverNotification(returnPath, notification('5.1.1', 'failed', '<lost@example.com>'));
    expect(await world.submitted()).toEqual(submitted);
  });

  it('are found by the quoted Message-ID, and a full mailbox suppresses nobody', async () => {
    const message = await world.message(await world.contact());
    await deliverDue(deps);
    await deliverNotification('hello@example.com', notification('5.2.2', 'failed', message.messageId ?? ''));
    expect(await world.stored(message._id)).toMatchObject({ status: 'failed', error: { code: '5.2.2' } });
    expect((await world.submitted()).map(({ kind }) => kind)).toEqual(['event', 'event']);
  });

  it('change nothing while the other side still tries, or when they are about nothing of ours', async () => {
    const message = await world.message(await world.contact());
    await deliverDue(deps);
    await deliverNotification('hello@example.com', notification('4.4.1', 'delayed', message.messageId ?? ''));
    await deliverNotification('hello@example.com', notification('5.1.1', 'failed', '<other@example.com>'));
    expect(await world.stored(message._id)).toMatchObject({ status: 'sent' });
  });

  it('are not made of ordinary mail that quotes one', () => {
    const quoted = notification('5.1.1', 'failed', '<x@example.com>');
    expect(parseBounce(quoted)).toMatchObject({ action: 'failed', status: '5.1.1', messageId: '<x@example.com>' });
    expect(parseBounce(`Subject: Fwd\r\nContent-Type: text/plain\r\n\r\n${quoted}`)).toBeNull();
  });
});
