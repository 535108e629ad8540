import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { supervise } from '../../scripts/supervisor.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { Instances } from '../../store/models/instance.ts';
import { Intake } from '../../store/models/intake.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { eventually } from '../support/poll.ts';
import { publish } from '../support/records.ts';
import { PatientClient } from './client.ts';
import { expectEndsAsUndisturbed, journey, lead, order, untilAllEnded } from './journeys.ts';
import { type OwnServers, ownServers } from './own-servers.ts';
import { type Running, runBuilt } from './processes.ts';

const journeys = 60;
const people = Array.from({ length: journeys }, (_, n) => n);

let servers: OwnServers;
let environment: TestEnvironment;
let client: PatientClient;
let api: Running;
let endings: (() => Promise<unknown>)[];
/** What worker and supervisor said. */
let said: string[];

beforeAll(async () => {
  servers = await ownServers();
}, 180_000);

afterAll(async () => await servers.stop());

beforeEach(async ({ task }) => {
  const database = `journeys_${task.id.replace(/\W/g, '_')}`;
  const port = await freePort(0);
  environment = await testEnvironment({
    ...servers.env,
    MONGODB_URI: servers.env.MONGODB_URI?.replace('/voronka', `/${database}`) ?? '',
    PORT: String(port),
  });
  await connectStore(environment.mongoUri);
  await ensureIndexes();
  await publish(journey);
  client = new PatientClient(`http://127.0.0.1:${port}`, environment.apiKey);
  api = runBuilt('api/main.js', environment.env);
  said = [];
  const worker = supervise({
    title: 'The worker',
    args: [join(packageRoot, 'dist', 'worker.js')],
    log: join(environment.config.dataFolder, 'worker.log'),
    env: { ...process.env, ...environment.env },
    grace: 20_000,
    say: (line) => said.push(line),
    begun: async () => undefined,
  });
  endings = [() => worker.stop(), () => api.stop()];
}, 120_000);

afterEach(async () => {
  await Promise.all(endings.map((end) => end()));
  await closeStore();
  await environment.close();
}, 120_000);

const postLeads = (some: readonly number[]) =>
  Promise.all(some.map((n) => client.post('/api/leads', `lead-${n}`, lead(n))));
const postOrders = (some: readonly number[]) =>
  Promise.all(some.map((n) => client.post('/api/events', `order-${n}`, order(n))));

async function expectAllWell(): Promise<void> {
  await untilAllEnded(journeys, () => `${said.join('\n')}\n${api.output()}`);
  await expectEndsAsUndisturbed(journeys, environment.smtp);
  // One document for each request, however often it was sent.
  expect(await Intake.countDocuments({ idempotencyKey: { $exists: true } })).toBe(2 * journeys);
}

it('loses nothing when Redis is emptied, killed, and comes back without its data', { timeout: 400_000 }, async () => {
  const redis = new Redis(environment.redisUrl);
  redis.on('error', () => undefined);
  await postLeads(people.slice(0, 20));
  await redis.flushall();
  redis.disconnect();
  await postLeads(people.slice(20, 40));
  // Until all of them only wait: what they do would wake up the queues.
  await eventually(async () => (await Instances.countDocuments({ at: 'paid' })) === 40, { within: 120_000 });
  await servers.kill('redis');
  // Accepted while there is no Redis at all; nobody says a word afterwards.
  await postLeads(people.slice(40));
  await postOrders(people);
  // Longer than a nudge waits for Redis.
  await pause(6_000);
  await servers.restart('redis', { empty: true });
  await expectAllWell();
});

it('takes each request once when the API is killed under its clients', { timeout: 400_000 }, async () => {
  const requests = (async () => {
    for (const post of [postLeads, postOrders]) {
      for (let from = 0; from < journeys; from += 6) {
        await post(people.slice(from, from + 6));
        await pause(100);
      }
    }
  })();
  for (let kill = 0; kill < 6; kill += 1) {
    await eventually(async () => (await fetch(`${client.url}/healthz`)).ok, { within: 60_000 });
    await pause(Math.random() * 1_500);
    await api.kill();
    api = runBuilt('api/main.js', environment.env);
  }
  await requests;
  expect(client.repeated).toBeGreaterThan(0);
  await expectAllWell();
});

it('goes on where it was when MongoDB and Temporal are killed', { timeout: 400_000 }, async () => {
  await postLeads(people.slice(0, 30));
  await servers.kill('mongodb');
  await pause(1_000);
  await servers.restart('mongodb');
  await postLeads(people.slice(30));
  await postOrders(people.slice(0, 30));
  await servers.kill('temporal');
  await pause(1_000);
  await servers.restart('temporal');
  await postOrders(people.slice(30));
  await servers.kill('mongodb');
  await servers.kill('temporal');
  await servers.restart('temporal');
  await servers.restart('mongodb');
  await expectAllWell();
});
