import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findIntake } from '../../../store/intake.ts';
import { Contacts } from '../../../store/models/contact.ts';
import { Definitions, DefinitionVersions } from '../../../store/models/definition.ts';
import { Deliveries } from '../../../store/models/delivery.ts';
import { Events } from '../../../store/models/event.ts';
import { Instances } from '../../../store/models/instance.ts';
import { ScoreEntries } from '../../../store/models/ledger.ts';
import { ContactRecords } from '../../../store/models/record.ts';
import { type IntakeBench, intakeBench, processBody, publish, start } from './bench.ts';

let bench: IntakeBench;

beforeAll(async () => {
  bench = await intakeBench();
});
afterAll(async () => await bench.close());
beforeEach(async () => {
  for (const model of [
    Contacts,
    Events,
    Instances,
    Deliveries,
    ScoreEntries,
    ContactRecords,
    Definitions,
    DefinitionVersions,
  ]) {
    await model.collection.deleteMany({});
  }
  bench.errors.length = 0;
});

async function apply(items: Parameters<IntakeBench['accept']>[0], at = start) {
  const id = await bench.accept(items, at);
  await bench.consumer().drain();
  const receipt = await findIntake(id);
  if (receipt === null) throw new Error('the document is gone');
  return receipt;
}

async function names(filter: object = {}): Promise<string[]> {
  return (await Events.find(filter).sort({ contactId: 1, seq: 1 }).lean()).map((event) => event.name);
}

describe('a lead', () => {
  it('makes a contact with normalised keys and its events, numbered', async () => {
    const receipt = await apply([
      ['lead', { email: ' Anna@Example.com', phone: '8 (912) 345-67-89', firstName: 'Анна' }],
    ]);
    expect(receipt).toMatchObject({ status: 'done', problems: [] });
    const [contact, ...others] = await Contacts.find().lean();
    expect(others).toEqual([]);
    expect(contact).toMatchObject({
      emailKey: 'anna@example.com',
      phoneKey: '+79123456789',
      firstName: 'Анна',
    });
    expect(contact?.search).toEqual(expect.arrayContaining(['анна', 'anna@example.com', '+79123456789']));
    expect(await names()).toEqual(['contact.created', 'lead.created']);
  });

  it('finds the contact again by either key, and fills only what is empty', async () => {
    await apply([['lead', { email: 'anna@example.com', firstName: 'Anna' }]]);
    await apply([
      ['lead', { email: 'ANNA@example.com', phone: '+7 912 345 67 89', firstName: 'Other', company: 'Acme' }],
    ]);
    await apply([['lead', { phone: '89123456789', lastName: 'Ivanova' }]]);
    const contacts = await Contacts.find().lean();
    expect(contacts).toHaveLength(1);
    expect(contacts[0]).toMatchObject({
      firstName: 'Anna',
      lastName: 'Ivanova',
      company: 'Acme',
      phoneKey: '+79123456789',
    });
    const changed = await Events.findOne({ name: 'contact.changed' }).sort({ seq: 1 }).lean();
    expect(changed?.data.changes).toEqual(
      expect.arrayContaining([
        { field: 'phone', from: null, to: '+79123456789' },
        { field: 'company', from: null, to: 'Acme' },
      ]),
    );
  });

  it('that links two contacts merges them: the past, the numbers and the ids of both go on', async () => {
    await apply([['lead', { email: 'anna@example.com', firstName: 'Anna' }]]);
    await apply([['lead', { phone: '+79123456789', lastName: 'Ivanova' }]], start + 1000);
    const [older, younger] = await Contacts.find().sort({ createdAt: 1 }).lean();
    await apply([['lead', { email: 'anna@example.com', phone: '+79123456789' }]], start + 2000);
    const survivor = await Contacts.findById(older?._id).lean();
    const gone = await Contacts.findById(younger?._id).lean();
    expect(survivor).toMatchObject({
      emailKey: 'anna@example.com',
      phoneKey: '+79123456789',
      firstName: 'Anna',
      lastName: 'Ivanova',
      mergedFrom: [younger?._id],
    });
    expect(gone).toMatchObject({ mergedInto: older?._id });
    expect(gone).not.toHaveProperty('phoneKey');
    expect(await ContactRecords.find({ kind: 'merge' }).lean()).toMatchObject([
      { contactId: older?._id, detail: { absorbed: younger?._id, before: { lastName: 'Ivanova' } } },
    ]);
    // The id of the one that went still reaches the survivor.
    await apply([['event', { contactId: younger?._id, event: 'page.viewed' }]], start + 3000);
    expect((await names({ contactId: older?._id })).at(-1)).toBe('page.viewed');
  });

  it('that merges leaves both sides’ instances running, and both hear of what comes', async () => {
    await publish(
      processBody('deal', {
        triggers: [{ on: 'event', event: 'deal.started' }],
        goals: [{ event: 'order.placed', outcome: 'bought' }],
        entry: { reentry: 'always' },
      }),
    );
    await apply([
      ['event', { email: 'anna@example.com', event: 'deal.started' }],
      ['event', { phone: '+79123456789', event: 'page.viewed' }],
      ['event', { phone: '+79123456789', event: 'page.viewed' }],
      ['event', { phone: '+79123456789', event: 'deal.started' }],
    ]);
    await apply([['lead', { email: 'anna@example.com', phone: '+79123456789' }]], start + 1000);
    await apply([['event', { phone: '+79123456789', event: 'order.placed' }]], start + 2000);
    const instances = await Instances.find().lean();
    const deliveries = await Deliveries.find({ 'event.name': 'order.placed' }).lean();
    expect(deliveries.map(({ instance }) => instance).sort()).toEqual(instances.map(({ _id }) => _id).sort());
    // Whoever was started by either contact drops nothing: the number is above all that came before.
    for (const { trigger } of instances) expect(deliveries[0]?.order).toBeGreaterThan(trigger.seq);
    expect(instances).toHaveLength(2);
  });

  it('keeps consents in the ledger and tells of them once', async () => {
    const lead = { email: 'anna@example.com', consent: { email: 'granted' }, consentText: { email: 'News, please' } };
    await apply([['lead', lead]]);
    await apply([['lead', lead]]);
    expect(await Contacts.findOne().lean()).toMatchObject({ consent: { email: 'granted', sms: 'unknown' } });
    const records = await ContactRecords.find({ kind: 'consent' }).lean();
    expect(records).toHaveLength(2);
    expect(records[0]?.detail).toMatchObject({ channel: 'email', value: 'granted', text: 'News, please' });
    expect((await names()).filter((name) => name === 'contact.subscribed')).toHaveLength(1);
  });
});

describe('what follows', () => {
  it('scores with limits and tells a change of class, in the ledger with every point', async () => {
    await publish({
      kind: 'scoring',
      key: 'main',
      name: 'Scoring',
      rules: [
        { id: 'visit', axis: 'engagement', event: 'page.viewed', points: 30, limit: { max: 2 } },
        { id: 'known', axis: 'fit', when: 'has(contact.company)', points: 5 },
      ],
      classes: { warm: 30, hot: 60 },
    });
    await apply([
      ['event', { email: 'a@example.com', event: 'page.viewed' }],
      ['event', { email: 'a@example.com', event: 'page.viewed' }],
      ['event', { email: 'a@example.com', event: 'page.viewed' }],
      ['event', { email: 'a@example.com', event: 'page.left', contact: { company: 'Acme' } }],
    ]);
    expect(await Contacts.findOne().lean()).toMatchObject({
      score: { fit: 5, engagement: 60, total: 65, class: 'hot' },
    });
    expect(await ScoreEntries.find().lean()).toMatchObject([
      { rule: 'visit', points: 30 },
      { rule: 'visit', points: 30 },
    ]);
    const classes = await Events.find({ name: 'score.class-changed' }).sort({ seq: 1 }).lean();
    expect(classes.map((event) => event.data)).toEqual([
      { from: 'cold', to: 'warm', total: 30 },
      { from: 'warm', to: 'hot', total: 60 },
    ]);
  });

  it('keeps segments live, and their changes start processes in the same pass', async () => {
    await publish({
      kind: 'segment',
      key: 'buyers',
      name: 'Buyers',
      aggregates: { orders: { event: 'order.placed', of: 'count' } },
      when: 'stats.orders >= 2',
    });
    await publish(processBody('loyal', { triggers: [{ on: 'segment', segment: 'buyers', change: 'entered' }] }));
    await apply([['event', { email: 'a@example.com', event: 'order.placed' }]]);
    expect(await Contacts.findOne().lean()).toMatchObject({ segments: [] });
    await apply([['event', { email: 'a@example.com', event: 'order.placed' }]]);
    expect(await Contacts.findOne().lean()).toMatchObject({ segments: ['buyers'] });
    expect(await names()).toEqual(['contact.created', 'order.placed', 'order.placed', 'segment.entered']);
    expect(await Instances.find().lean()).toMatchObject([
      { process: 'loyal', status: 'starting', trigger: { name: 'segment.entered', data: { segment: 'buyers' } } },
    ]);
  });

  it('lets in by the entry rules and records each refusal with its reason', async () => {
    await publish(
      processBody('cart', {
        triggers: [{ on: 'event', event: 'cart.abandoned', when: 'event.total >= 1000' }],
        entry: { reentry: 'after-exit' },
      }),
    );
    await apply([
      ['event', { email: 'a@example.com', event: 'cart.abandoned', data: { total: 10 } }],
      ['event', { email: 'a@example.com', event: 'cart.abandoned', data: { total: 5000 } }],
      ['event', { email: 'a@example.com', event: 'cart.abandoned', data: { total: 6000 } }],
    ]);
    expect(await Instances.find().lean()).toMatchObject([{ process: 'cart', trigger: { data: { total: 5000 } } }]);
    expect(await Events.find({ name: 'entry.refused' }).lean()).toMatchObject([
      { data: { process: 'cart', reason: 'active', event: 'cart.abandoned' } },
    ]);
  });

  it('sends events to the instances that wait for them, and not the event that started them', async () => {
    await publish(
      processBody('cart', {
        triggers: [{ on: 'event', event: 'cart.abandoned' }],
        goals: [{ event: 'order.placed', outcome: 'bought' }],
      }),
    );
    await apply([
      ['event', { email: 'a@example.com', event: 'cart.abandoned' }],
      ['event', { email: 'a@example.com', event: 'page.viewed' }],
      ['event', { email: 'a@example.com', event: 'order.placed', data: { total: 1 } }],
      ['event', { email: 'b@example.com', event: 'order.placed' }],
    ]);
    const [instance] = await Instances.find().lean();
    const deliveries = await Deliveries.find().lean();
    expect(deliveries).toMatchObject([{ instance: instance?._id, status: 'pending', event: { name: 'order.placed' } }]);
    expect(deliveries[0]?.order).toBe(deliveries[0]?.event?.seq);
  });

  it('starts an enrolment only in the process it names, published and switched on', async () => {
    await publish(processBody('one', {}));
    await publish(processBody('two', { triggers: [{ on: 'event', event: 'process.enrolled' }] }));
    await apply([['lead', { email: 'a@example.com' }]]);
    const contactId = (await Contacts.findOne().lean())?._id;
    await apply([
      ['enrol', { process: 'one', contactId, data: { offer: 7 }, by: 'api' }],
      ['enrol', { process: 'none', contactId, by: 'api' }],
    ]);
    expect(await Instances.find().lean()).toMatchObject([
      { process: 'one', trigger: { data: { offer: 7, by: 'api' } } },
    ]);
    expect(await Events.find({ name: 'entry.refused' }).lean()).toMatchObject([{ data: { reason: 'not-published' } }]);
  });
});

describe('occurrence', () => {
  it('is kept when it is past or a little ahead, and is the arrival when it is far ahead', async () => {
    const at = [start - 86_400_000, start + 60_000, start + 3_600_000];
    await apply(at.map((occurredAt) => ['event', { email: 'a@example.com', event: 'page.viewed', occurredAt }]));
    const events = await Events.find({ name: 'page.viewed' }).sort({ seq: 1 }).lean();
    expect(events.map((event) => event.occurredAt.getTime())).toEqual([start - 86_400_000, start + 60_000, start]);
  });
});
