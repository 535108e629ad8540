import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../config/root.ts';
import { startInbound } from '../../../delivery/inbound/server.ts';
import { IntakeConsumer } from '../../../delivery/intake/consumer.ts';
import { intakeDoc, intakeItem } from '../../../delivery/intake/items.ts';
import { submitIntake } from '../../../delivery/intake/submit.ts';
import { LiveLibrary } from '../../../delivery/library.ts';
import { clearMailbox } from '../../../delivery/mailbox/mailbox.ts';
import { bounceMailbox, type MailboxServer, startMailbox } from '../../../delivery/mailbox/server.ts';
import { deliverDue } from '../../../delivery/outbox/deliver.ts';
import type { OutboxDeps } from '../../../delivery/outbox/deps.ts';
import type { SmtpListener } from '../../../delivery/smtp/listen.ts';
import { loadTemplates } from '../../../delivery/templates/load.ts';
import { createRenderer } from '../../../delivery/templates/renderer.ts';
import { keepFile } from '../../../store/files.ts';
import { newId } from '../../../store/id.ts';
import { messageViews } from '../../../store/messages.ts';
import { Contacts } from '../../../store/models/contact.ts';
import { Counters } from '../../../store/models/counter.ts';
import { Events } from '../../../store/models/event.ts';
import { InboundMails } from '../../../store/models/inbound-mail.ts';
import { Intake } from '../../../store/models/intake.ts';
import { Mailbox } from '../../../store/models/mailbox.ts';
import { Messages } from '../../../store/models/message.ts';
import { type TicketDoc, Tickets } from '../../../store/models/ticket.ts';
import { TicketMessages } from '../../../store/models/ticket-message.ts';
import { saveUser } from '../../../store/users.ts';
import { createWorld, item, type World } from '../fixtures/world.ts';
import { deliver, plain } from './fixtures.ts';

let world: World;
let inbound: SmtpListener;
let mailbox: MailboxServer;
let outbox: OutboxDeps;
let intake: IntakeConsumer;
const errors: unknown[] = [];

beforeAll(async () => {
  world = await createWorld();
  const { clock, queues } = world;
  const log = pino({ level: 'silent' });
  inbound = await startInbound(
    { port: 0, host: '127.0.0.1', maxBytes: 3_000_000 },
    { clock, queues, log, policy: async () => world.policy },
  );
  mailbox = await startMailbox({ port: 0 }, { clock, queues, log });
  const templates = createRenderer(loadTemplates(join(packageRoot, 'templates')));
  outbox = { ...world.sendingTo(mailbox.url), templates, returnPath: bounceMailbox };
  intake = new IntakeConsumer({
    clock,
    queues,
    library: new LiveLibrary(),
    onError: (error) => void errors.push(error),
  });
  await saveUser({
    _id: 'boris',
    name: 'Boris Petrov',
    role: 'agent',
    language: 'en',
    active: true,
    skills: [],
    absences: [],
  });
});
afterAll(async () => {
  await inbound.close();
  await mailbox.close();
  await world.close();
});
beforeEach(async () => {
  await world.reset();
  await clearMailbox();
  for (const model of [Contacts, Counters, Events, InboundMails, Tickets, TicketMessages])
    await model.collection.deleteMany({});
});

/** The customer writes, and it is applied. */
async function writes(fields: Record<string, string>, text: string): Promise<TicketDoc> {
  await deliver(inbound.port, { raw: plain(fields, text) });
  return await applied();
}

async function applied(): Promise<TicketDoc> {
  await intake.drain();
  expect(errors).toEqual([]);
  expect(await Intake.find({ status: 'failed' }).lean()).toEqual([]);
  const tickets = await Tickets.find().lean<TicketDoc[]>();
  expect(tickets).toHaveLength(1);
  const [ticket] = tickets;
  if (ticket === undefined) throw new Error('no ticket');
  return ticket;
}

/** An agent replies, and it leaves. @returns the mail as it arrived, or null */
async function replies(ticketId: string, text: string, more: object = {}) {
  const id = newId();
  const body = { do: 'say' as const, ticketId, by: 'user:boris' as const, message: { text, ...more } };
  await submitIntake(world.queues.intake, [intakeDoc(id, [intakeItem('ticket', id, body, 'api')], world.clock.now())]);
  await intake.drain();
  await deliverDue(outbox);
  await intake.drain();
  const [mail] = await Mailbox.find().sort({ receivedAt: -1, _id: -1 }).lean();
  return mail === undefined ? null : await simpleParser(mail.source ?? '');
}

const first = {
  'Message-ID': '<1@example.org>',
  Subject: 'Re: FW: It is broken',
  From: 'Anna Ivanova <anna@example.org>',
};

describe('a conversation by mail', () => {
  it('goes out from the support address, and its answer comes back into the same ticket', async () => {
    const { _id } = await writes(first, 'The lamp does not light.\n\nWhat now?');
    const file = await keepFile({ id: newId(), name: 'инструкция.txt', type: 'text/plain' }, Buffer.from('plug it in'));
    const attachments = [{ file: file.id, name: file.name, type: file.type, size: file.size }];
    const mail = await replies(_id, 'Hello Anna,\nplug it in.\n\nThen call <us> & ask.', { attachments });
    expect(mail).toMatchObject({
      subject: 'Re: It is broken [#1]',
      inReplyTo: '<1@example.org>',
      references: '<1@example.org>',
      from: { value: [{ name: 'Company', address: 'support@example.com' }] },
      to: { value: [{ name: 'Anna Ivanova', address: 'anna@example.org' }] },
    });
    expect(mail?.headers.get('x-voronka-loop')).toBe('support@example.com');
    expect(mail?.text).toMatch(/Hello Anna,\nplug it in\.\n\nThen call <us> & ask\.\n\nBoris Petrov\nCompany/);
    expect(mail?.text).toContain('> The lamp does not light.');
    expect(mail?.html).not.toMatch(/\/t\/[oc]\//);
    expect(mail?.attachments).toMatchObject([{ filename: 'инструкция.txt', contentType: 'text/plain' }]);
    expect(mail?.attachments[0]?.content.toString()).toBe('plug it in');
    expect(await messageViews(await Messages.find().lean())).toMatchObject([
      { status: 'sent', messageId: mail?.messageId, purpose: 'transactional' },
    ]);

    const answer = {
      ...first,
      'Message-ID': '<2@example.org>',
      'In-Reply-To': mail?.messageId ?? '',
      Subject: 'no number here',
    };
    const after = await writes(
      answer,
      `Thanks!\n\n${mail?.text
        ?.split('\n')
        .map((line) => `> ${line}`)
        .join('\n')}`,
    );
    expect(after).toMatchObject({
      _id,
      messages: 3,
      references: ['<1@example.org>', mail?.messageId, '<2@example.org>'],
    });
    const [, , last] = await TicketMessages.find().sort({ at: 1 }).lean();
    expect(last).toMatchObject({ kind: 'customer', text: 'Thanks!', quoted: expect.stringContaining('plug it in') });

    const second = await replies(_id, 'You are welcome.');
    expect(second).toMatchObject({
      inReplyTo: '<2@example.org>',
      references: ['<1@example.org>', mail?.messageId, '<2@example.org>'],
    });
  });

  it('finds its ticket by the number alone, for who takes part in it', async () => {
    const { _id } = await writes(first, 'Help');
    await writes({ ...first, 'Message-ID': '<3@example.org>', Subject: 'About [#1]' }, 'More');
    expect(await Tickets.findById(_id).lean()).toMatchObject({ messages: 2 });
    await deliver(inbound.port, {
      raw: plain({ From: 'eve@example.net', Subject: 'Let me see [#1]', 'Message-ID': '<4@x.net>' }, 'Hi'),
    });
    await intake.drain();
    expect(await Tickets.countDocuments()).toBe(2);
  });

  it('goes on in the ticket that a mail of a process was about, which comes from the support address as well', async () => {
    const { _id, contactId } = await writes(first, 'Help');
    const contact = await Contacts.findById(contactId).lean();
    if (contact === null) throw new Error('no contact');
    const data = { trigger: {}, vars: {}, ticket: { id: _id, number: 1, subject: 'It is broken' } };
    const fields = { template: 'ticket-received', purpose: 'transactional' as const };
    const { messageId = '' } = await world.message(contact, { ...fields, item: item({ ...fields, contactId, data }) });
    await deliverDue(outbox);
    const [mail] = await Mailbox.find().lean();
    expect(mail).toMatchObject({ from: '"Company" <support@example.com>', messageId });
    const answer = {
      'Message-ID': '<6@example.org>',
      'In-Reply-To': messageId,
      From: 'anna@phone.example',
      Subject: 'thanks',
    };
    expect(await writes(answer, 'And another thing')).toMatchObject({ _id, messages: 2 });
  });

  it('goes to the address from which the customer writes, in their language', async () => {
    await world.contact({
      _id: 'c',
      email: 'anna@example.org',
      emailKey: 'anna@example.org',
      firstName: 'Anna',
      language: 'ru',
    });
    const { _id } = await writes(first, 'Help');
    await writes(
      { 'Message-ID': '<5@example.org>', 'In-Reply-To': '<1@example.org>', From: 'anna@home.example' },
      'From home',
    );
    const mail = await replies(_id, 'Хорошо');
    expect(mail?.to).toMatchObject({ value: [{ address: 'anna@home.example' }] });
    expect(mail?.html).toContain('lang="ru"');
  });

  it('does not leave to an address that bounced, and says so', async () => {
    const { _id, contactId } = await writes(first, 'Help');
    await Contacts.updateOne({ _id: contactId }, { $set: { suppressed: { email: 'bounced' } } });
    expect(await replies(_id, 'Hello')).toBeNull();
    expect(await Messages.find().lean()).toMatchObject([{ status: 'skipped', skipReason: 'suppressed:bounced' }]);
  });

  it('hears of a bounce at the support address when a relay carries its mail', async () => {
    const { _id } = await writes(first, 'Help');
    const { returnPath: _, ...relay } = outbox;
    outbox = relay;
    await replies(_id, 'Hello');
    outbox = { ...relay, returnPath: bounceMailbox };
    const [message] = await Messages.find().lean();
    const fingerprint = message?.messageId?.slice(1, 33);
    const dsn = [
      'From: MAILER-DAEMON@mx.example',
      'To: support@example.com',
      'Subject: Undelivered',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Final-Recipient: rfc822; anna@example.org',
      'Action: failed',
      'Status: 5.1.1',
      '',
      '--b--',
      '',
    ].join('\r\n');
    await deliver(inbound.port, { raw: Buffer.from(dsn), from: '', to: `support+${fingerprint}@example.com` });
    await intake.drain();
    expect(await Messages.findById(message?._id).lean()).toMatchObject({ status: 'bounced' });
    expect(await Tickets.countDocuments()).toBe(1);
    const [contact] = await Contacts.find().lean();
    expect(contact?.suppressed).toEqual({ email: 'bounced' });
  });

  it('a reply whose file is gone fails alone', async () => {
    const { _id } = await writes(first, 'Help');
    const other = await world.message(await world.contact(), { template: 'welcome' });
    await replies(_id, 'Look', { attachments: [{ file: newId(), name: 'x', type: 'a/b', size: 1 }] });
    expect(await Messages.findOne({ process: 'ticket' }).lean()).toMatchObject({
      status: 'failed',
      error: { code: 'NOT_FOUND' },
    });
    expect(await world.stored(other._id)).toMatchObject({ status: 'sent' });
  });
});
