import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { intakeDoc } from '../../delivery/intake/items.ts';
import { insertIntake } from '../../store/intake.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Definitions, DefinitionVersions } from '../../store/models/definition.ts';
import { Deliveries } from '../../store/models/delivery.ts';
import { Events } from '../../store/models/event.ts';
import { Instances } from '../../store/models/instance.ts';
import { ScoreEntries } from '../../store/models/ledger.ts';
import { ContactRecords } from '../../store/models/record.ts';
import { processBody, publish } from '../delivery/intake/bench.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;
beforeAll(async () => {
  api = await apiBench();
  await api.work();
});
afterAll(async () => await api.close());
beforeEach(async () => {
  for (const model of [Contacts, Definitions, DefinitionVersions, Deliveries, Events, Instances, ScoreEntries]) {
    await model.collection.deleteMany({});
  }
  await ContactRecords.collection.deleteMany({});
});

const email = 'anna@example.com';
const phone = '+79123456789';

async function lead(body: object): Promise<string> {
  const { body: contact } = await api.call('POST', '/api/contacts', body);
  return contact.id;
}

async function happens(who: object, event: string): Promise<void> {
  await api.call('POST', '/api/events', { ...who, event });
  await api.drain();
}

/** Two people, the second of whom is merged into the first. */
async function merged(): Promise<{ anna: string; boris: string }> {
  const anna = await lead({ email, firstName: 'Anna', consent: { email: 'granted' } });
  const boris = await lead({ phone, firstName: 'Boris', lastName: 'Orlov', attributes: { size: 5 } });
  await happens({ contactId: anna }, 'page.viewed');
  await happens({ contactId: boris }, 'page.viewed');
  await lead({ email, phone });
  return { anna, boris };
}

const undo = async (survivor: string, absorbed: string) =>
  await api.call('POST', `/api/contacts/${survivor}/merges/${absorbed}/undo`, { by: 'eva' });
const read = async (id: string) => (await api.call('GET', `/api/contacts/${id}`)).body;

describe('a merge that is undone', () => {
  it('gives both back what they had; what came since stays with the survivor, and the answer says so', async () => {
    await publish({
      kind: 'scoring',
      key: 'main',
      name: 'Scoring',
      rules: [{ id: 'visit', axis: 'engagement', event: 'page.viewed', points: 10 }],
      classes: { warm: 50, hot: 60 },
    });
    const { anna, boris } = await merged();
    expect(await read(boris)).toMatchObject({ id: anna, phone, lastName: 'Orlov', score: { total: 20 } });
    await happens({ phone }, 'page.viewed');
    await api.call('PATCH', `/api/contacts/${anna}`, { lastName: 'Petrova' });

    const { status, body } = await undo(anna, boris);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      contact: { id: anna, email, firstName: 'Anna', lastName: 'Petrova', attributes: {}, score: { total: 20 } },
      restored: { id: boris, phone, firstName: 'Boris', lastName: 'Orlov', attributes: { size: 5 } },
      stayed: { fields: ['lastName'], events: 2, instances: 0, messages: 0, tasks: 0 },
    });
    expect(body.contact).not.toHaveProperty('phone');
    expect(body.restored).not.toHaveProperty('email');
    expect(body.restored.score.total).toBe(10);
    expect(await read(boris)).toEqual(body.restored);
    // Each is found by its own address again, and by its own words.
    expect(await lead({ phone })).toBe(boris);
    expect(await lead({ email })).toBe(anna);
    const { body: found } = await api.call('GET', '/api/contacts?search=boris');
    expect(found.items.map(({ id }: { id: string }) => id)).toEqual([boris]);
    for (const id of [anna, boris]) {
      const { body: timeline } = await api.call('GET', `/api/contacts/${id}/timeline?type=record`);
      expect(timeline.items[0]).toMatchObject({ title: 'unmerge', detail: { absorbed: boris, by: 'eva' } });
    }
  });

  it('lets each one’s journeys hear only of their own contact again', async () => {
    await publish(
      processBody('deal', {
        triggers: [{ on: 'event', event: 'sale.started' }],
        goals: [{ event: 'order.placed', outcome: 'bought' }],
      }),
    );
    const { anna, boris } = await merged();
    await undo(anna, boris);
    await happens({ contactId: boris }, 'sale.started');
    await happens({ contactId: anna }, 'sale.started');
    await happens({ contactId: anna }, 'order.placed');
    const deliveries = await Deliveries.find({ 'event.name': 'order.placed' }).lean();
    const [instance] = await Instances.find({ contactId: anna }).lean();
    expect(deliveries.map((delivery) => delivery.instance)).toEqual([instance?._id]);
  });

  it('numbers what comes above all that instances of either have seen', async () => {
    const { anna, boris } = await merged();
    for (let n = 0; n < 3; n += 1) await happens({ contactId: anna }, 'page.viewed');
    const [before] = await Events.find({ contactId: anna }).sort({ seq: -1 }).lean();
    await undo(anna, boris);
    await happens({ contactId: boris }, 'page.viewed');
    const [after] = await Events.find({ contactId: boris }).sort({ seq: -1 }).lean();
    expect(after?.seq).toBeGreaterThan(before?.seq ?? Number.POSITIVE_INFINITY);
  });

  it('may be merged and parted once more', async () => {
    const { anna, boris } = await merged();
    await undo(anna, boris);
    expect((await undo(anna, boris)).status).toBe(404);
    expect(await lead({ email, phone })).toBe(anna);
    expect((await read(boris)).id).toBe(anna);
    expect((await undo(anna, boris)).status).toBe(200);
    expect((await read(boris)).id).toBe(boris);
  });

  it('is refused while a later merge stands on it, or somebody else has the address', async () => {
    const { anna, boris } = await merged();
    const late = await lead({ email: 'vera@example.com' });
    await api.call('PATCH', `/api/contacts/${anna}`, { phone: null });
    await api.call('PATCH', `/api/contacts/${late}`, { phone });
    const taken = await undo(anna, boris);
    expect(taken).toMatchObject({ status: 409, body: { detail: expect.stringContaining(late) } });
    expect((await read(boris)).id).toBe(anna);
    await api.call('PATCH', `/api/contacts/${late}`, { phone: null });
    expect((await undo(anna, boris)).status).toBe(200);
    expect((await undo(anna, 'nobody')).status).toBe(404);
  });

  it('is refused when an earlier release recorded it by halves, and nothing is held up', async () => {
    const { anna, boris } = await merged();
    await ContactRecords.updateOne({ kind: 'merge' }, { $unset: { 'detail.kept': 1, 'detail.mergedFrom': 1 } });
    expect((await undo(anna, boris)).status).toBe(404);
    const item = {
      kind: 'unmerge' as const,
      id: 'late',
      body: { contactId: anna, absorbed: boris, by: 'eva' },
      source: 'api',
    };
    await insertIntake([intakeDoc('late', [item], Date.now())]);
    await api.drain();
    expect((await api.call('GET', '/api/intake/late')).body).toMatchObject({ problems: [{ code: 'NOT_FOUND' }] });
    expect((await read(boris)).id).toBe(anna);
  });

  it('gives a chain back link by link', async () => {
    const first = await lead({ phone: '+79120000001' });
    const { anna, boris } = await merged();
    await api.call('PATCH', `/api/contacts/${anna}`, { phone: null });
    await api.call('PATCH', `/api/contacts/${first}`, { firstName: 'First' });
    await lead({ email, phone: '+79120000001' });
    expect((await read(boris)).id).toBe(first);
    expect(await undo(first, boris)).toMatchObject({ status: 409, body: { detail: expect.stringContaining(anna) } });
    expect((await undo(first, anna)).status).toBe(200);
    expect((await read(boris)).id).toBe(anna);
    expect((await undo(anna, boris)).status).toBe(200);
    expect([(await read(first)).id, (await read(anna)).id, (await read(boris)).id]).toEqual([first, anna, boris]);
  });
});
