import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { intakeDoc, intakeItem } from '../../../delivery/intake/items.ts';
import { submitIntake } from '../../../delivery/intake/submit.ts';
import { findIntake, refusedIntake } from '../../../store/intake.ts';
import { Contacts } from '../../../store/models/contact.ts';
import { Events } from '../../../store/models/event.ts';
import { type IntakeBench, intakeBench, start } from './bench.ts';

let bench: IntakeBench;

beforeAll(async () => {
  bench = await intakeBench();
});
afterAll(async () => await bench.close());
beforeEach(async () => {
  for (const model of [Contacts, Events]) await model.collection.deleteMany({});
  bench.errors.length = 0;
});

async function apply(items: Parameters<IntakeBench['accept']>[0]) {
  const id = await bench.accept(items, start);
  await bench.consumer().drain();
  const receipt = await findIntake(id);
  if (receipt === null) throw new Error('the document is gone');
  return receipt;
}

async function names(): Promise<string[]> {
  return (await Events.find().sort({ contactId: 1, seq: 1 }).lean()).map((event) => event.name);
}

describe('an item that cannot be applied', () => {
  it('becomes a problem and leaves no trace; the others are applied in order', async () => {
    const receipt = await apply([
      ['event', { email: 'a@example.com', event: 'page.viewed' }],
      ['event', { contactId: 'nobody', event: 'page.viewed' }],
      ['change', { contactId: 'nobody', set: {}, by: 'test' }],
      ['event', { email: 'a@example.com', event: 'page.left' }],
    ]);
    expect(receipt.status).toBe('done');
    expect(receipt.problems.map(({ item, code }) => [item.split('.')[1], code])).toEqual([
      ['1', 'NOT_FOUND'],
      ['2', 'NOT_FOUND'],
    ]);
    expect(await names()).toEqual(['contact.created', 'page.viewed', 'page.left']);
  });

  it('of a change that takes a foreign address is refused whole', async () => {
    await apply([
      ['lead', { email: 'a@example.com' }],
      ['lead', { email: 'b@example.com' }],
    ]);
    const second = await Contacts.findOne({ emailKey: 'b@example.com' }).lean();
    const set = { firstName: 'B', email: 'a@example.com' };
    const receipt = await apply([['change', { contactId: second?._id, set, by: 'test' }]]);
    expect(receipt).toMatchObject({ status: 'failed', problems: [{ code: 'CONFLICT' }] });
    const after = await Contacts.findById(second?._id).lean();
    expect(after).toEqual(second);
  });

  it('that the store refuses is found alone among the good ones', async () => {
    const many = Array.from({ length: 20 }, (_, n): ['event', object] => [
      'event',
      { email: `p${n}@example.com`, event: 'page.viewed' },
    ]);
    await bench.accept(many);
    // Each fits into a document, both together do not.
    const half = 'x'.repeat(9_000_000);
    const good = await bench.accept([['lead', { email: 'big@example.com', attributes: { a: half } }]]);
    const bad = await bench.accept([['lead', { email: 'big@example.com', attributes: { b: half } }]]);
    await bench.accept(many);
    await bench.consumer().drain();
    expect(await Events.countDocuments({ name: 'page.viewed' })).toBe(40);
    expect(await findIntake(good)).toMatchObject({ status: 'done', problems: [] });
    expect(await findIntake(bad)).toMatchObject({ status: 'failed', problems: [{ code: 'INTERNAL' }] });
    expect(bench.errors).toHaveLength(1);
    const big = await Contacts.findOne({ emailKey: 'big@example.com' }, { _id: 1 }).lean();
    expect(await Events.countDocuments({ contactId: big?._id })).toBe(2);
  });

  it('is applied anew when the same effect asks again after the cause was mended', async () => {
    await apply([
      ['lead', { email: 'a@example.com' }],
      ['lead', { email: 'b@example.com' }],
    ]);
    const second = await Contacts.findOne({ emailKey: 'b@example.com' }).lean();
    const body = { contactId: second?._id ?? '', set: { email: 'a@example.com' }, by: 'test' };
    const doc = intakeDoc('i/step/1', [intakeItem('change', 'i/step/1', body, 'engine')], start);
    const ask = async () => {
      await submitIntake(bench.queues.intake, [doc]);
      await bench.consumer().drain();
      return (await refusedIntake([doc._id])).get(doc._id)?.code;
    };
    expect(await ask()).toBe('CONFLICT');
    await Contacts.collection.deleteMany({ emailKey: 'a@example.com' });
    expect(await ask()).toBeUndefined();
    expect((await Contacts.findById(second?._id).lean())?.email).toBe('a@example.com');
  });
});

describe('the arm of a sticky split', () => {
  it('is kept on the contact and is no change of its fields', async () => {
    await apply([['lead', { email: 'a@example.com' }]]);
    const before = await names();
    const contact = await Contacts.findOne({ emailKey: 'a@example.com' }).lean();
    await apply([['change', { contactId: contact?._id, set: { 'arms.repeat-purchase/arm': 'gift' }, by: 'test' }]]);
    expect((await Contacts.findById(contact?._id).lean())?.arms).toEqual({ 'repeat-purchase/arm': 'gift' });
    expect(await names()).toEqual(before);
  });
});
