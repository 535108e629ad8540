import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { intakeDoc, intakeItem } from '../../delivery/intake/items.ts';
import { submitIntake } from '../../delivery/intake/submit.ts';
import { openQueues, type Queues } from '../../delivery/queues.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { newId } from '../../store/id.ts';
import { Instances } from '../../store/models/instance.ts';
import { ScoreEntries } from '../../store/models/ledger.ts';
import { Messages } from '../../store/models/message.ts';
import { Tasks } from '../../store/models/task.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { eventually } from '../support/poll.ts';
import { publish } from '../support/records.ts';
import { runBuilt } from './processes.ts';

const journeys = 500;
const kills = 20;
/** Every second contact pays; the others cancel. */
const pays = (n: number) => n % 2 === 0;
const address = (n: number) => `person-${n}@example.com`;

const journey = {
  kind: 'process',
  key: 'crash-proof',
  name: 'Crash proof',
  triggers: [{ on: 'event', event: 'lead.created' }],
  entry: { reentry: 'never' },
  exits: [{ event: 'order.cancelled', outcome: 'cancelled' }],
  settings: { purpose: 'transactional' },
  steps: [
    { id: 'mark', type: 'update-record', set: { 'attributes.marked': true } },
    { id: 'welcome', type: 'send-message', channel: 'email', template: 'welcome' },
    { id: 'breathe', type: 'wait', for: 'PT5S' },
    { id: 'points', type: 'adjust-score', points: 5, reason: 'still here' },
    {
      id: 'paid',
      type: 'wait-for-event',
      event: 'order.paid',
      since: 'entry',
      within: 'PT1H',
      next: { received: 'ship', timeout: 'late' },
    },
    { id: 'late', type: 'end', outcome: 'late' },
    { id: 'ship', type: 'create-task', title: 'Ship', assignee: { role: 'sales' } },
    { id: 'pack', type: 'wait', for: 'PT5S' },
    { id: 'won', type: 'end', outcome: 'paid' },
  ],
};

let environment: TestEnvironment;
let queues: Queues;

beforeAll(async () => {
  environment = await testEnvironment();
  await connectStore(environment.mongoUri);
  await ensureIndexes();
  queues = openQueues({ redisUrl: environment.redisUrl, prefix: environment.redisPrefix });
  await publish(journey);
});

afterAll(async () => {
  await queues.close();
  await closeStore();
  await environment.close();
});

it('ends every journey as without a crash, and sends nothing twice, when the worker is killed 20 times', {
  timeout: 15 * 60_000,
}, async () => {
  let worker = runBuilt('worker.js', environment.env);
  const people = Array.from({ length: journeys }, (_, index) => index);
  const crashes = (async () => {
    for (let kill = 0; kill < kills; kill += 1) {
      await pause(1_500 + Math.random() * 5_000);
      await worker.kill();
      worker = runBuilt('worker.js', environment.env);
    }
  })();
  for (let from = 0; from < journeys; from += 50) {
    await submit(people.slice(from, from + 50).map((n) => lead(n)));
    await pause(2_000);
  }
  await submit(people.map((n) => order(n)));
  await crashes;
  await eventually(async () => (await Instances.countDocuments({ status: 'ended' })) === journeys, {
    within: 5 * 60_000,
    every: 500,
  }).catch(async (error: unknown) => {
    const stuck = await Instances.find({ status: { $ne: 'ended' } })
      .limit(3)
      .lean();
    throw new Error(`${String(error)}\nstuck: ${JSON.stringify(stuck, null, 1)}\n${worker.output().slice(-4_000)}`);
  });
  await eventually(async () => (await Messages.countDocuments({ status: { $in: ['queued', 'sending'] } })) === 0, {
    within: 2 * 60_000,
  });
  await worker.stop();

  const instances = await Instances.find().lean();
  expect(instances.flatMap(({ incidents }) => incidents)).toEqual([]);
  const outcomes = instances.map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === 'paid')).toHaveLength(people.filter(pays).length);
  expect(outcomes.filter((outcome) => outcome === 'cancelled')).toHaveLength(journeys - people.filter(pays).length);
  expect(await Tasks.countDocuments()).toBe(people.filter(pays).length);
  const rewarded = await ScoreEntries.find({ reason: 'still here' }).lean();
  expect(new Set(rewarded.map(({ contactId }) => contactId)).size).toBe(rewarded.length);
  expect(rewarded.length).toBeGreaterThanOrEqual(people.filter(pays).length);

  const arrived = environment.smtp.mails.map(({ to }) => to[0]);
  expect(arrived).toHaveLength(new Set(arrived).size);
  const messages = await Messages.find().lean();
  expect(messages.length).toBeGreaterThanOrEqual(people.filter(pays).length);
  const unsure = messages.filter(({ status }) => status === 'unknown').map(({ to }) => to);
  expect(messages.filter(({ status }) => status !== 'sent' && status !== 'unknown')).toEqual([]);
  const missing = messages.map(({ to }) => to).filter((to) => !arrived.includes(to) && !unsure.includes(to));
  expect(missing).toEqual([]);
});

function lead(n: number) {
  return intakeItem('lead', `lead-${n}`, { email: address(n), firstName: `Person ${n}` }, 'test');
}

function order(n: number) {
  const event = pays(n) ? 'order.paid' : 'order.cancelled';
  return intakeItem('event', `order-${n}`, { email: address(n), event }, 'test');
}

async function submit(items: Parameters<typeof intakeDoc>[1]): Promise<void> {
  await submitIntake(queues.intake, [intakeDoc(newId(), items, Date.now())]);
}
