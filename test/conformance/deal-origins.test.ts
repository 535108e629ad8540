import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import { definitionSchema } from '../../engine/schema/index.ts';
import { loadLibrary } from '../../library/load.ts';
import { dealView } from '../../store/deals.ts';
import { Contacts } from '../../store/models/contact.ts';
import { type DealDoc, Deals } from '../../store/models/deal.ts';
import { publish } from '../support/records.ts';
import { Stage } from './stage.ts';

/** Monday 2026-03-02, 12:00 in Moscow. */
const noon = Date.parse('2026-03-02T12:00:00+03:00');
const minute = 60_000;

/** A process that opens a deal at once. */
function opener(key: string, trigger: object, title: string) {
  const step = { id: 'deal', type: 'create-deal', pipeline: 'b2b', title, set: { source: key } };
  return definitionSchema.parse({ kind: 'process', key, name: key, triggers: [trigger], steps: [step] });
}

describe('a deal is opened', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
    const { pipelines, calendars, processes, policy } = loadLibrary(join(packageRoot)).library;
    for (const one of [...Object.values(calendars), policy, pipelines.b2b, processes['order-to-deal']])
      await publish(one);
    await publish(opener('from-lead', { on: 'event', event: 'lead.created' }, 'Lead {{trigger.topic}}'));
    await publish(opener('from-form', { on: 'event', event: 'form.quote' }, 'Quote: {{trigger.message}}'));
    await publish(opener('from-process', { on: 'process' }, 'Called'));
    const start = { id: 'call', type: 'start-process', process: 'from-process' };
    const triggers = [{ on: 'event', event: 'phone.called' }];
    await publish(definitionSchema.parse({ kind: 'process', key: 'caller', name: 'Caller', triggers, steps: [start] }));
    await stage.beginAt(noon);
  });
  afterAll(() => stage.close());

  async function dealsOf(email: string): Promise<DealDoc[]> {
    const contact = await Contacts.findOne({ emailKey: email }).lean();
    return await Deals.find({ contactId: contact?._id ?? '' }).lean<DealDoc[]>();
  }

  it.each([
    ['a lead', 'lead', { data: { topic: 'chairs' } }, { title: 'Lead chairs', source: 'from-lead' }],
    [
      'a form',
      'lead',
      { form: { key: 'quote', event: 'form.quote' }, data: { message: 'ten chairs' } },
      { title: 'Quote: ten chairs', source: 'from-form' },
    ],
    ['a process', 'event', { event: 'phone.called' }, { title: 'Called', source: 'from-process' }],
    [
      'an order',
      'event',
      { event: 'order.placed', data: { orderId: 'A-1', amount: 250_000 } },
      { title: 'a-customer@example.com: A-1', source: 'order', amount: 250_000, attributes: { orderId: 'A-1' } },
    ],
  ] as const)('by %s', async (name, kind, body, expected) => {
    const email = `${name.replace(' ', '-')}@example.com`.replace('an-order', 'a-customer');
    await stage.submit(kind, { email, ...body }, noon);
    await stage.settle();
    const deals = await dealsOf(email);
    expect(deals.map(({ source }) => source)).toContain(expected.source);
    expect(deals.find(({ source }) => source === expected.source)).toMatchObject({ ...expected, stage: 'new' });
  });

  it('by an order, and paid by its payments; a small order stays an order', async () => {
    const email = 'buyer@example.com';
    const tell = (event: string, data: object, at: number) => stage.submit('event', { email, event, data }, at);
    await tell('order.placed', { orderId: 'B-1', amount: 100_000 }, noon + minute);
    await tell('order.placed', { orderId: 'B-2', amount: 5_000 }, noon + minute);
    const [deal, ...others] = await dealsOf(email);
    expect(others).toEqual([]);
    await tell('payment.received', { orderId: 'B-1', amount: 60_000 }, noon + 2 * minute);
    await tell('payment.received', { orderId: 'B-2', amount: 5_000 }, noon + 2 * minute);
    const [paid] = await dealsOf(email);
    expect(deal && paid && dealView(paid)).toMatchObject({ id: deal?._id, amount: 100_000, paid: 60_000 });
    expect((await Contacts.findOne({ emailKey: email }).lean())?.money).toMatchObject({ orders: 2, paid: 65_000 });
  });
});
