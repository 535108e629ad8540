import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliverDue } from '../../delivery/outbox/deliver.ts';
import { messageIdOf } from '../../delivery/outbox/message-id.ts';
import { defaultPolicy } from '../../engine/library.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Mailbox } from '../../store/models/mailbox.ts';
import type { ReceivedMail } from '../support/smtp-sink.ts';
import { publicUrl } from './fixtures/templates.ts';
import { createWorld, item, type World } from './fixtures/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  world.policy = structuredClone(defaultPolicy);
});

/** The head of a mail, unfolded. */
function headersOf(mail: ReceivedMail | undefined): string {
  return (mail?.raw.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' ');
}

describe('the outbox', () => {
  it('sends a mail once, with everything that belongs to it', async () => {
    const contact = await world.contact();
    const message = await world.message(contact);
    await deliverDue(world.deps);
    await deliverDue(world.deps);
    const [mail, ...more] = world.environment.smtp.mails;
    expect(more).toEqual([]);
    expect(mail?.to).toEqual([contact.email]);
    expect(mail?.parsed).toMatchObject({
      subject: 'Hello Anna',
      messageId: messageIdOf(message._id, defaultPolicy.company.from),
      from: { value: [{ name: 'Company', address: 'hello@example.com' }] },
      to: { value: [{ name: 'Anna', address: contact.email }] },
    });
    expect(headersOf(mail)).toMatch(/^List-Unsubscribe: <https:\/\/crm\.example\/u\/[^>]+>/m);
    expect(mail?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    expect(mail?.parsed.html).toContain(`${publicUrl}/t/c/`);
    expect(mail?.parsed.html).toContain(`${publicUrl}/t/o/`);
    expect(mail?.parsed.text).toContain('Dear Anna');
    expect(await world.stored(message._id)).toMatchObject({ status: 'sent', attempts: 1, subject: 'Hello Anna' });
    expect(await world.submitted()).toMatchObject([
      {
        kind: 'event',
        id: `${message._id}/sent`,
        body: {
          event: 'message.sent',
          contactId: contact._id,
          message: message._id,
          data: { template: 'hello', channel: 'email' },
        },
      },
    ]);
  });

  it('gives every attempt the same Message-ID and every message another', () => {
    expect(messageIdOf('a/b/1', 'Shop <news@shop.example>')).toBe(messageIdOf('a/b/1', 'news@shop.example'));
    expect(messageIdOf('a/b/1', 'news@shop.example')).toMatch(/^<[0-9a-f]{32}@shop\.example>$/);
    expect(messageIdOf('a/b/1', 'a@b.example')).not.toBe(messageIdOf('a/b/2', 'a@b.example'));
  });

  it('has no unsubscribe link in transactional mail, and none of the contact’s links in mail to others', async () => {
    const contact = await world.contact();
    await world.message(contact, { purpose: 'transactional' });
    await deliverDue(world.deps);
    expect(world.environment.smtp.mails[0]?.raw).not.toContain('List-Unsubscribe');
    await world.reset();
    await world.message(contact, { to: 'boss@example.com', item: item({ to: { address: 'boss@example.com' } }) });
    await deliverDue(world.deps);
    const mail = world.environment.smtp.mails[0];
    expect(mail?.parsed.html).toContain('https://shop.example/sale');
    expect(mail?.raw).not.toContain(publicUrl);
    expect(mail?.parsed.to).toMatchObject({ value: [{ name: '', address: 'boss@example.com' }] });
  });

  it('lets no line break of a name or a subject into the headers', async () => {
    const contact = await world.contact({ firstName: 'Anna\r\nBcc: victim@example.com' });
    await world.message(contact);
    await deliverDue(world.deps);
    const mail = world.environment.smtp.mails[0];
    expect(mail?.to).toEqual([contact.email]);
    expect(mail?.parsed.bcc).toBeUndefined();
    expect(headersOf(mail)).not.toMatch(/^Bcc:/im);
    expect(mail?.parsed.subject).toBe('Hello Anna Bcc: victim@example.com');
  });

  it('lets one refusal be one message’s own affair', async () => {
    const contacts = await Promise.all(Array.from({ length: 30 }, () => world.contact()));
    const messages = await Promise.all(contacts.map((contact) => world.message(contact)));
    world.environment.smtp.refuse(contacts[13]?.email ?? '', 554, '5.7.1 Rejected by policy');
    await deliverDue(world.deps);
    const stored = await Promise.all(messages.map(({ _id }) => world.stored(_id)));
    expect(stored.filter(({ status }) => status === 'sent')).toHaveLength(29);
    expect(stored[13]).toMatchObject({ status: 'failed', error: { code: '554' } });
    await deliverDue(world.deps);
    expect(world.environment.smtp.mails).toHaveLength(29);
    expect((await world.submitted()).filter(({ kind }) => kind === 'suppression')).toEqual([]);
  });

  it('suppresses an address that does not exist', async () => {
    const contact = await world.contact();
    const message = await world.message(contact);
    world.environment.smtp.refuse(message.to, 550, '5.1.1 No such user');
    await deliverDue(world.deps);
    expect(await world.stored(message._id)).toMatchObject({ status: 'bounced', error: { code: '550' } });
    expect(await world.submitted()).toMatchObject([
      { kind: 'event', body: { event: 'message.bounced', data: { code: '550' } } },
      { kind: 'suppression', body: { contactId: contact._id, channel: 'email', reason: 'bounced' } },
    ]);
  });

  it('tries a temporary refusal again later, and only later', async () => {
    const message = await world.message(await world.contact());
    world.environment.smtp.refuse(message.to, 451, '4.7.1 Greylisted');
    await deliverDue(world.deps);
    const waiting = await world.stored(message._id);
    expect(waiting).toMatchObject({ status: 'queued', attempts: 1, error: { code: '451' } });
    expect(waiting.notBefore.getTime()).toBeGreaterThan(world.clock.now());
    world.environment.smtp.accept(message.to);
    await deliverDue(world.deps);
    expect(world.environment.smtp.mails).toHaveLength(0);
    world.clock.advance(6_000);
    await deliverDue(world.deps);
    expect(await world.stored(message._id)).toMatchObject({ status: 'sent', attempts: 2 });
    expect(await world.submitted()).toHaveLength(1);
  });

  it('gives up after the last attempt, and says so', async () => {
    const message = await world.message(await world.contact(), { attempts: 15 });
    world.environment.smtp.refuse(message.to, 451);
    await deliverDue(world.deps);
    expect(await world.stored(message._id)).toMatchObject({ status: 'failed', attempts: 16 });
    expect(await world.submitted()).toMatchObject([{ body: { event: 'message.failed' } }]);
  });

  it('tells of a template that is missing a variable instead of sending gaps', async () => {
    const message = await world.message(await world.contact(), { template: 'order' });
    await deliverDue(world.deps);
    expect(await world.stored(message._id)).toMatchObject({
      status: 'failed',
      error: { code: 'TEMPLATE_VARIABLE_MISSING' },
    });
    expect(world.environment.smtp.mails).toHaveLength(0);
  });

  it('sends SMS to the mailbox where there is no gateway', async () => {
    const contact = await world.contact();
    const sms = item({ channel: 'sms', template: 'code', data: { trigger: {}, vars: { code: '4711' } } });
    await Contacts.updateOne({ _id: contact._id }, { $set: { phoneKey: '+79123456780' } });
    const message = await world.message(contact, { channel: 'sms', template: 'code', to: '+79123456780', item: sms });
    await deliverDue(world.deps);
    expect(await world.stored(message._id)).toMatchObject({ status: 'sent', providerId: `sms/${message._id}` });
    expect(await Mailbox.findById(`sms/${message._id}`).lean()).toMatchObject({
      kind: 'sms',
      to: ['+79123456780'],
      text: 'Code 4711',
    });
  });
});

describe('the second look', () => {
  it.each([
    ['who unsubscribed', { 'consent.email': 'withdrawn' }, 'unsubscribed'],
    ['whose address is suppressed', { 'suppressed.email': 'complained' }, 'suppressed:complained'],
  ])('skips somebody %s since', async (_, change, reason) => {
    const contact = await world.contact();
    const message = await world.message(contact);
    await Contacts.updateOne({ _id: contact._id }, { $set: change });
    await deliverDue(world.deps);
    expect(await world.stored(message._id)).toMatchObject({ status: 'skipped', skipReason: reason });
    expect(world.environment.smtp.mails).toHaveLength(0);
  });

  it('skips somebody who is gone', async () => {
    const contact = await world.contact();
    const message = await world.message(contact);
    await Contacts.deleteOne({ _id: contact._id });
    await deliverDue(world.deps);
    expect(await world.stored(message._id)).toMatchObject({ status: 'skipped', skipReason: 'no-contact' });
  });

  it('keeps the quiet hours of the zone in which the contact is now', async () => {
    // Quiet everywhere except the hour that has just begun in one zone: whichever time the test runs.
    const hour = new Date(world.clock.now()).getUTCHours();
    const at = (h: number) => `${String((h + 24) % 24).padStart(2, '0')}:00`;
    world.policy.quietHours = { from: at(hour + 6), to: at(hour + 12) };
    const contact = await world.contact({ timezone: 'UTC' });
    const message = await world.message(contact);
    // Eight hours east it is eight hours later: quiet.
    await Contacts.updateOne({ _id: contact._id }, { $set: { timezone: 'Asia/Shanghai' } });
    await deliverDue(world.deps);
    const waiting = await world.stored(message._id);
    expect(waiting.status).toBe('queued');
    expect(new Date(waiting.notBefore).getUTCHours()).toBe((hour + 4) % 24);
    expect(world.environment.smtp.mails).toHaveLength(0);
    world.clock.advance(waiting.notBefore.getTime() - world.clock.now());
    await deliverDue(world.deps);
    expect(await world.stored(message._id)).toMatchObject({ status: 'sent' });
  });

  it('lets transactional mail pass by night', async () => {
    const hour = new Date(world.clock.now()).getUTCHours();
    const at = (h: number) => `${String((h + 24) % 24).padStart(2, '0')}:00`;
    world.policy.quietHours = { from: at(hour - 1), to: at(hour + 2) };
    const contact = await world.contact({ timezone: 'UTC', consent: { email: 'withdrawn', sms: 'withdrawn' } });
    const message = await world.message(contact, { purpose: 'transactional' });
    await deliverDue(world.deps);
    expect(await world.stored(message._id)).toMatchObject({ status: 'sent' });
  });
});
