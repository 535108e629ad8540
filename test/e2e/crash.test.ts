import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, it } from 'vitest';
import { intakeDoc, intakeItem } from '../../delivery/intake/items.ts';
import { submitIntake } from '../../delivery/intake/submit.ts';
import { openQueues, type Queues } from '../../delivery/queues.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { newId } from '../../store/id.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { publish } from '../support/records.ts';
import { expectEndsAsUndisturbed, journey, lead, order, untilAllEnded } from './journeys.ts';
import { runBuilt } from './processes.ts';

const journeys = 500;
const kills = 20;

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
    await submit(people.slice(from, from + 50).map((n) => intakeItem('lead', `lead-${n}`, lead(n), 'test')));
    await pause(2_000);
  }
  await submit(people.map((n) => intakeItem('event', `order-${n}`, order(n), 'test')));
  await crashes;
  await untilAllEnded(journeys, () => worker.output());
  await worker.stop();
  await expectEndsAsUndisturbed(journeys, environment.smtp);
});

async function submit(items: Parameters<typeof intakeDoc>[1]): Promise<void> {
  await submitIntake(queues.intake, [intakeDoc(newId(), items, Date.now())]);
}
