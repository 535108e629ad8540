import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { releaseLease, takeLease } from '../../store/leases.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { eventually } from '../support/poll.ts';

/** A client that has written to the lease and not committed. */
const holder = `
import mongoose from 'mongoose';
const connection = await mongoose.createConnection(process.argv[1]).asPromise();
const session = connection.getClient().startSession();
session.startTransaction();
await connection.collection('leases').updateOne({ _id: 'work' }, { $set: { until: new Date() } }, { session });
console.log('held');
setInterval(() => undefined, 1_000);
`;

let environment: TestEnvironment;

beforeAll(async () => {
  environment = await testEnvironment();
  await connectStore(environment.mongoUri);
  await ensureIndexes();
});

afterAll(async () => {
  await closeStore();
  await environment.close();
});

it('is free again a minute after a client was killed in the middle of a transaction on it', {
  timeout: 180_000,
}, async () => {
  const lease = await eventually(() => takeLease('work', 'one', 1_000));
  await releaseLease(lease);
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder, environment.mongoUri], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  const taken = await eventually(() => takeLease('work', 'other', 1_000), { within: 150_000, every: 500 });
  expect(taken).toEqual({ name: 'work', holder: 'other', epoch: 2 });
});
