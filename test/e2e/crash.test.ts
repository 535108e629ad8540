import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, it } from 'vitest';
import { intakeDoc, intakeItem } from '../../delivery/intake/items.ts';
import { submitIntake } from '../../delivery/intake/submit.ts';
import { openQueues, type Queues } from '../../delivery/queues.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { newId } from '../../store/id.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { eventually } from '../support/poll.ts';
import { publish } from '../support/records.ts';
import { expectEndsAsUndisturbed, journey, lead, order, untilAllEnded } from './journeys.ts';
import { type Running, runBuilt } from './processes.ts';

/** Journeys that begin between two kills. */
const batch = 50;

let environment: TestEnvironment;
let queues: Queues;
let running: Running[] = [];

beforeEach(async () => {
  // Only what it says tells when a worker is at work.
  environment = await testEnvironment({ LOG_LEVEL: 'info' });
  await connectStore(environment.mongoUri);
  await ensureIndexes();
  queues = openQueues({ redisUrl: environment.redisUrl, prefix: environment.redisPrefix });
  await publish(journey);
});

afterEach(async () => {
  // None outlives a test that failed.
  await Promise.all(running.map((worker) => worker.kill()));
  await queues.close();
  await closeStore();
  await environment.close();
});

it('ends every journey as without a crash, and sends nothing twice, when the worker is killed 20 times', {
  timeout: 15 * 60_000,
}, async () => {
  await killsAmong({ workers: 1, kills: 20 });
});

it('ends them alike when two workers take each other’s place', { timeout: 10 * 60_000 }, async () => {
  await killsAmong({ workers: 2, kills: 6 });
});

/** Kills one worker after the other, each at a random moment once it is at work; between two kills a batch arrives, or decides. */
async function killsAmong({ workers, kills }: { workers: number; kills: number }): Promise<void> {
  running = Array.from({ length: workers }, () => runBuilt('worker.js', environment.env));
  for (let kill = 0; kill < kills; kill += 1) {
    const people = Array.from({ length: batch }, (_, n) => Math.floor(kill / 2) * batch + n);
    await submit(people.map((n) => (kill % 2 === 0 ? arrives(n) : decides(n))));
    const [worker] = running.splice(0, 1);
    await eventually(() => worker?.output().includes('the worker is at work'), { within: 120_000 });
    await pause(Math.random() * 3_000);
    await worker?.kill();
    running.push(runBuilt('worker.js', environment.env));
  }
  const journeys = (batch * kills) / 2;
  await untilAllEnded(journeys, () => running.map((worker) => worker.output()).join('\n'));
  await Promise.all(running.map((worker) => worker.stop()));
  await expectEndsAsUndisturbed(journeys, environment.smtp);
}

const arrives = (n: number) => intakeItem('lead', `lead-${n}`, lead(n), 'test');
const decides = (n: number) => intakeItem('event', `order-${n}`, order(n), 'test');

async function submit(items: Parameters<typeof intakeDoc>[1]): Promise<void> {
  await submitIntake(queues.intake, [intakeDoc(newId(), items, Date.now())]);
}
