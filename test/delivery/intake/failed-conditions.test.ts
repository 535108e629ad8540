import { afterAll, beforeAll, expect, it } from 'vitest';
import { Contacts } from '../../../store/models/contact.ts';
import { ContactRecords } from '../../../store/models/record.ts';
import { contactTimeline } from '../../../store/timeline.ts';
import { type IntakeBench, intakeBench, processBody, publish, start } from './bench.ts';

let bench: IntakeBench;
beforeAll(async () => {
  bench = await intakeBench();
  await publish({
    kind: 'scoring',
    key: 'main',
    name: 'Scoring',
    rules: [
      { id: 'big-order', axis: 'engagement', event: 'order.placed', when: 'event.total > 1000', points: 40 },
      { id: 'large', axis: 'fit', when: 'contact.attributes.employees > 100', points: 10 },
    ],
    classes: { warm: 30, hot: 60 },
  });
  const triggers = [{ on: 'event', event: 'order.placed', when: 'event.total > 5000' }];
  await publish(processBody('thanks', { triggers }));
  await publish({ kind: 'segment', key: 'adults', name: 'Adults', when: 'contact.attributes.age >= 18' });
});
afterAll(async () => await bench.close());

it('a condition that fails counts as no and shows on the contact’s timeline, once', async () => {
  const person = { email: 'a@example.com', attributes: { age: 'thirty', employees: 'many' } };
  const order = { email: 'a@example.com', event: 'order.placed', data: { total: 'dear' } };
  // Twice in one batch, and once more later.
  await bench.accept([
    ['lead', person],
    ['event', order],
    ['event', order],
  ]);
  await bench.consumer().drain();
  await bench.accept([['event', order]], start + 1000);
  await bench.consumer().drain();
  const contact = await Contacts.findOne().lean();
  expect(contact).toMatchObject({ segments: [], score: { total: 0 } });
  const { items } = await contactTimeline([contact?._id ?? ''], { limit: 50, type: 'record' });
  expect(items.map(({ title, detail }) => [title, detail.definition, detail.rule, detail.code]).sort()).toEqual([
    ['condition-failed', 'process/thanks', undefined, 'CONDITION_FAILED'],
    ['condition-failed', 'scoring/main', 'big-order', 'CONDITION_FAILED'],
    ['condition-failed', 'scoring/main', 'large', 'CONDITION_FAILED'],
    ['condition-failed', 'segment/adults', undefined, 'CONDITION_FAILED'],
  ]);
  expect(items.every(({ at }) => at.getTime() === start)).toBe(true);
});

it('a field that is not there is an ordinary no', async () => {
  await ContactRecords.collection.deleteMany({});
  await bench.accept([
    ['lead', { email: 'b@example.com' }],
    ['event', { email: 'b@example.com', event: 'order.placed' }],
  ]);
  await bench.consumer().drain();
  expect(await ContactRecords.countDocuments()).toBe(0);
});
