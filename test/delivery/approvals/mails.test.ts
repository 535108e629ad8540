import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLinks } from '../../../delivery/tracking/links.ts';
import { messageViews } from '../../../store/messages.ts';
import { Contacts } from '../../../store/models/contact.ts';
import { Documents } from '../../../store/models/document.ts';
import { Events } from '../../../store/models/event.ts';
import { SendLedgers } from '../../../store/models/ledger.ts';
import { Messages } from '../../../store/models/message.ts';
import { Notifications } from '../../../store/models/record.ts';
import { Users } from '../../../store/models/user.ts';
import { eventually } from '../../support/poll.ts';
import { type Office, openOffice } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(async () => await office.close());
beforeEach(async () => await office.reset());

const [alice, boris, carol] = ['alice@company.example', 'boris@company.example', 'carol@company.example'];
const hour = 3_600_000;

async function approves(id: string, user: string): Promise<void> {
  const { round, document } = await office.approval(id);
  const shown = document && { sha256: document.sha256 };
  await office.does({
    ...{ do: 'decide', approvalId: id, by: `user:${user}`, decision: 'approved', round, ...shown },
  });
}

/** The latest mail to an address, once there are so many. */
async function latest(to: string, count: number) {
  return await eventually(async () => {
    const mails = await office.mails(to);
    return mails.length >= count && mails.at(-1);
  });
}

describe('a mail to an approver', () => {
  it('says what is to be decided, in their language, with a link that is theirs alone', async () => {
    const documentId = await office.draws(await office.numbers(), '%PDF-1.3 offer');
    const { _id } = await office.asks(['boris'], { documentId, amount: 202_251, currency: 'RUB', within: 'PT8H' });
    const [mail, ...more] = await office.mails(boris);
    expect(more).toEqual([]);
    const number = (await Documents.findById(documentId).lean())?.number ?? '';
    expect(mail?.parsed.subject).toBe('Нужно ваше решение: Скидка 20 %');
    for (const said of ['202 251', number, 'Anna Vesna', 'Решить до']) {
      expect(mail?.parsed.text?.replaceAll('\u00a0', ' ')).toContain(said);
    }
    const { pathname } = new URL(await office.link(boris));
    const { document, dueAt } = await office.approval(_id);
    expect(office.links.readApproval(pathname.slice('/a/'.length))).toEqual({
      approval: _id,
      user: 'boris',
      round: 1,
      until: dueAt,
      sha256: document?.sha256,
    });
    // Another installation's signature is none.
    expect(createLinks('another secret', 'https://x.example').readApproval(pathname.slice(3))).toBeNull();
  });

  it('is none of the contact’s: no consent, suppression, cap, tracking or history has a part in it', async () => {
    await Contacts.updateOne(
      { _id: office.contact._id },
      { $set: { email: alice, 'consent.email': 'withdrawn', 'suppressed.email': 'complained' } },
    );
    await office.asks(['alice']);
    const [mail] = await office.mails(alice);
    expect(mail?.raw).not.toContain('List-Unsubscribe');
    expect(mail?.parsed.html).not.toMatch(/\/t\/[oc]\//);
    expect(mail?.parsed.html).toContain('whoever has it can decide in your name');
    expect(await messageViews(await Messages.find({ to: alice }).lean())).toMatchObject([
      { status: 'sent', purpose: 'transactional' },
    ]);
    expect(await SendLedgers.countDocuments({ _id: office.contact._id })).toBe(0);
    expect(await Events.countDocuments({ name: /^message\./ })).toBe(0);
    expect((await office.world.submitted()).filter(({ source }) => source === 'delivery')).toEqual([]);
  });

  it('leaves when their stage opens, and not before', async () => {
    const { _id } = await office.asks(['alice', 'carol']);
    expect([await office.mails(alice), await office.mails(carol)]).toMatchObject([[{}], []]);
    await approves(_id, 'alice');
    expect(await office.mails(carol)).toHaveLength(1);
  });

  it('comes again as a reminder, and to others when it is handed on or escalated', async () => {
    const { _id } = await office.asks(['alice'], {
      ...{ remind: 'PT2H', escalate: { after: 'PT5H', to: { user: 'boris' } } },
    });
    await latest(alice, 1);
    office.world.clock.advance(2 * hour + 1_000);
    expect((await latest(alice, 2)).parsed.subject).toBe('Still waiting for you: A discount of 20 %');
    await office.does({ do: 'delegate', approvalId: _id, by: 'user:alice', to: 'carol' });
    const handed = await latest(carol, 1);
    expect(handed.parsed.subject).toBe('Please decide: A discount of 20 %');
    expect(handed.parsed.text).toMatch(/In place of: Alice/);
    office.world.clock.advance(3 * hour);
    const escalated = await eventually(async () =>
      (await office.mails(boris)).find(({ parsed }) => parsed.subject?.startsWith('Не решено вовремя')),
    );
    expect(escalated.parsed.text).toMatch(/Вместо: Carol/);
  });

  it('asks anew when the document has changed', async () => {
    const first = await office.draws(await office.numbers(), '%PDF-1.3 first');
    const { _id } = await office.asks(['alice'], { documentId: first });
    await approves(_id, 'alice');
    const { _id: other } = await office.asks(['carol', 'alice'], { documentId: first });
    const before = await office.link(carol);
    await office.draws(await office.numbers(first), '%PDF-1.3 second');
    const mail = await latest(carol, 2);
    expect(mail.parsed.subject).toBe('Changed, please decide again: A discount of 20 %');
    expect(await office.link(carol)).not.toBe(before);
    expect(await office.approval(other)).toMatchObject({ round: 2, status: 'pending' });
    // What was decided before is not asked again.
    expect(await office.approval(_id)).toMatchObject({ round: 1, status: 'approved' });
  });

  it('that waited in the outbox until the matter was settled does not leave', async () => {
    const { _id } = await office.asks([], {
      stages: [{ id: 'any', need: 'any', approvers: [{ user: 'alice' }, { user: 'carol' }] }],
    });
    await approves(_id, 'alice');
    expect(await office.mails(carol)).toEqual([]);
    expect(await Messages.findOne({ to: carol }).lean()).toMatchObject({
      status: 'skipped',
      skipReason: 'approval-settled',
    });
  });
});

describe('an approver whom no mail reaches', () => {
  it('finds a line in their inbox where they have no address', async () => {
    const { _id } = await office.asks(['vera']);
    expect(await Messages.countDocuments()).toBe(0);
    expect(await Notifications.find().lean()).toMatchObject([
      {
        user: 'vera',
        contactId: office.contact._id,
        approval: _id,
        text: { en: 'Your decision is needed: A discount of 20 %', ru: 'Нужно ваше решение: Скидка 20 %' },
      },
    ]);
  });

  it('finds one where the mail bounced, and the contact is not suppressed for it', async () => {
    await Users.updateOne({ _id: 'carol' }, { $set: { email: 'gone@company.example' } });
    office.world.environment.smtp.refuse('gone@company.example', 550, '5.1.1 No such user');
    const { _id } = await office.asks(['carol']);
    await office.mails('gone@company.example');
    await Users.updateOne({ _id: 'carol' }, { $set: { email: carol } });
    expect(await Messages.findOne({ to: 'gone@company.example' }).lean()).toMatchObject({ status: 'bounced' });
    expect(await Notifications.find().lean()).toMatchObject([
      { user: 'carol', approval: _id, text: { en: expect.stringContaining('could not be delivered') } },
    ]);
    expect((await office.world.submitted()).filter(({ source }) => source === 'delivery')).toEqual([]);
  });
});
