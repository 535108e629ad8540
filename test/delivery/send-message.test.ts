import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EffectDeps, Outcome } from '../../activities/effects/effect.ts';
import { sendMessage } from '../../activities/effects/send-message.ts';
import { arbitrate } from '../../delivery/arbiter/arbiter.ts';
import { defaultPolicy } from '../../engine/library.ts';
import type { EffectOf, SendMessageItem } from '../../engine/model/effects.ts';
import type { ContactPolicy } from '../../engine/schema/contact-policy.ts';
import { contactView } from '../../store/contacts.ts';
import { newId } from '../../store/id.ts';
import { type ContactDoc, Contacts } from '../../store/models/contact.ts';
import { SendLedgers } from '../../store/models/ledger.ts';
import { Messages } from '../../store/models/message.ts';
import { Users } from '../../store/models/user.ts';
import { noDocuments } from '../support/documents.ts';
import { createWorld, item, type World } from './fixtures/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const now = Date.UTC(2026, 2, 2, 12);
const hour = 3_600_000;

const oneADay: ContactPolicy = { ...defaultPolicy, caps: [{ purpose: 'marketing', max: 1, per: 'P1D' }] };

function deps(policy: ContactPolicy = defaultPolicy, at = now): EffectDeps {
  const { clock, queues } = world;
  return {
    clock,
    queues,
    log: pino({ level: 'silent' }),
    httpAllowedHosts: [],
    documents: noDocuments,
    now: at,
    policy,
    calendars: {},
    routings: {},
  };
}

function effect(
  contact: ContactDoc,
  fields: Partial<SendMessageItem> = {},
  key = `${newId()}/hello/1`,
): EffectOf<'send-message'> {
  const wish = item({ contactId: contact._id, deferUntil: now + 72 * hour, ...fields });
  return { name: 'send-message', key, instance: key.slice(0, 24), item: wish };
}

const verdicts = (outcomes: readonly Outcome[]) =>
  outcomes.map((outcome) => (outcome.status === 'performed' ? outcome.result.verdict : outcome.status));

describe('send-message', () => {
  it('puts a message into the outbox under its effect key', async () => {
    const contact = await world.contact({ language: 'ru' });
    const asked = effect(contact);
    const outcomes = await sendMessage([asked], deps());
    expect(outcomes).toEqual([
      { key: asked.key, status: 'performed', result: { verdict: 'sent', message: asked.key } },
    ]);
    expect(await world.stored(asked.key)).toMatchObject({
      status: 'queued',
      to: contact.email,
      language: 'ru',
      instance: asked.instance,
    });
  });

  it('is asked again with the same key and does nothing twice', async () => {
    const contact = await world.contact();
    const asked = effect(contact);
    await sendMessage([asked], deps(oneADay));
    const again = await Promise.all([
      sendMessage([asked], deps(oneADay)),
      sendMessage([asked], deps(oneADay, now + hour)),
    ]);
    expect(again.flatMap(verdicts)).toEqual(['sent', 'sent']);
    expect(await Messages.countDocuments({ contactId: contact._id })).toBe(1);
    expect((await SendLedgers.findById(contact._id).lean())?.sent).toHaveLength(1);
  });

  it('finds the place that it took before a crash, and makes the message', async () => {
    const contact = await world.contact();
    const asked = effect(contact);
    await sendMessage([asked], deps(oneADay));
    await Messages.deleteMany({});
    expect(verdicts(await sendMessage([asked], deps(oneADay)))).toEqual(['sent']);
    expect(await Messages.countDocuments({})).toBe(1);
  });

  it('gives the last place to the higher priority, then to the earlier', async () => {
    const contact = await world.contact();
    const calls = [50, 10, 90, 90].map((priority) => sendMessage([effect(contact, { priority })], deps(oneADay)));
    const outcomes = (await Promise.all(calls)).flat();
    expect(verdicts(outcomes)).toEqual(['deferred', 'deferred', 'sent', 'deferred']);
  });

  it('defers until there is room under the cap, or drops when told to', async () => {
    const contact = await world.contact();
    await sendMessage([effect(contact)], deps(oneADay));
    const [deferred] = await sendMessage([effect(contact)], deps(oneADay, now + hour));
    expect(deferred).toMatchObject({ result: { verdict: 'deferred', reason: 'cap', until: now + 24 * hour } });
    const [dropped] = await sendMessage([effect(contact, { onCap: 'drop' })], deps(oneADay, now + hour));
    expect(dropped).toMatchObject({ result: { verdict: 'skipped', reason: 'cap' } });
    const [later] = await sendMessage([effect(contact)], deps(oneADay, now + 24 * hour));
    expect(later).toMatchObject({ result: { verdict: 'sent' } });
  });

  it('lets transactional messages pass a cap that is full', async () => {
    const contact = await world.contact({ consent: { email: 'unknown', sms: 'unknown' } });
    await sendMessage([effect(contact)], deps(oneADay));
    expect(verdicts(await sendMessage([effect(contact, { purpose: 'transactional' })], deps(oneADay)))).toEqual([
      'sent',
    ]);
  });

  it.each([
    ['nobody has asked', { consent: { email: 'unknown', sms: 'unknown' } }, 'no-consent'],
    ['the contact unsubscribed', { consent: { email: 'withdrawn', sms: 'granted' } }, 'unsubscribed'],
    ['the address bounced', { suppressed: { email: 'bounced' } }, 'suppressed:bounced'],
    ['there is no address', { email: undefined }, 'no-address'],
  ] satisfies [string, Partial<ContactDoc>, string][])('skips when %s', async (_, fields, reason) => {
    const contact = await world.contact(fields);
    const [outcome] = await sendMessage([effect(contact)], deps());
    expect(outcome).toMatchObject({ status: 'performed', result: { verdict: 'skipped', reason } });
    expect(await Messages.countDocuments({})).toBe(0);
  });

  it('writes to the owner, and skips when there is none', async () => {
    await Users.create({
      _id: 'anna',
      name: 'Anna',
      email: 'anna@example.com',
      role: 'sales',
      language: 'en',
      active: true,
      lastAssigned: 0,
    });
    const to = { owner: true } as const;
    const owned = effect(await world.contact({ owner: 'anna' }), { to, purpose: 'transactional' });
    const [sent, skipped] = await sendMessage(
      [owned, effect(await world.contact(), { to, purpose: 'transactional' })],
      deps(),
    );
    expect(sent).toMatchObject({ result: { verdict: 'sent' } });
    expect(skipped).toMatchObject({ result: { verdict: 'skipped', reason: 'no-address' } });
    expect(await world.stored(owned.key)).toMatchObject({ to: 'anna@example.com' });
  });

  it('makes an incident of a computed address that is none', async () => {
    const to = { address: 'a@example.com, b@example.com' };
    const [outcome] = await sendMessage([effect(await world.contact(), { to, purpose: 'transactional' })], deps());
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'DELIVERY_ADDRESS_INVALID' } });
  });

  it('skips a contact that is gone', async () => {
    const contact = await world.contact();
    await Contacts.deleteOne({ _id: contact._id });
    expect(verdicts(await sendMessage([effect(contact)], deps()))).toEqual(['skipped']);
  });

  it('decides a batch of many contacts in few round trips and each on its own', async () => {
    const contacts = await Promise.all(Array.from({ length: 50 }, () => world.contact()));
    const outcomes = await sendMessage(
      contacts.flatMap((contact) => [effect(contact), effect(contact)]),
      deps(oneADay),
    );
    expect(verdicts(outcomes)).toEqual(contacts.flatMap(() => ['sent', 'deferred']));
    expect(await Messages.countDocuments({})).toBe(50);
  });
});

describe('the arbiter', () => {
  it('never gives the last place twice, however many processes ask at once', async () => {
    const contact = contactView(await world.contact());
    const policy: ContactPolicy = { ...defaultPolicy, caps: [{ purpose: 'marketing', max: 3, per: 'P7D' }] };
    // Each call reads and writes the ledger by itself, as another process would.
    const asked = Array.from({ length: 12 }, (_, n) => {
      const key = `${newId()}/race/${n}`;
      return arbitrate([{ key, instance: 'i', item: item({ onCap: 'drop', deferUntil: now }), contact, policy, now }]);
    });
    const answers = (await Promise.all(asked)).flatMap((verdicts) => [...verdicts.values()]);
    expect(answers.filter(({ verdict }) => verdict === 'send')).toHaveLength(3);
    expect(answers.filter(({ verdict }) => verdict === 'skip')).toHaveLength(9);
    const ledger = await SendLedgers.findById(contact.id).lean();
    expect(ledger).toMatchObject({ rev: 3 });
    expect(ledger?.sent).toHaveLength(3);
  });

  it('forgets what no cap can count any longer', async () => {
    const contact = contactView(await world.contact());
    const ask = (at: number) =>
      arbitrate([{ key: newId(), instance: 'i', item: item(), contact, policy: oneADay, now: at }]);
    await ask(now);
    await ask(now + 100 * 24 * hour);
    expect((await SendLedgers.findById(contact.id).lean())?.sent).toHaveLength(1);
  });
});
