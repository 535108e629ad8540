import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { takeLease } from '../../store/leases.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { eventually } from '../support/poll.ts';

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

it('takes a lease that a killed holder has left locked in an open transaction, when the server gives that one up', async () => {
  const held = await takeLease('orphaned', 'the one that dies', -1);
  const dying = await mongoose.createConnection(environment.mongoUri).asPromise();
  const session = await dying.startSession();
  session.startTransaction();
  await dying
    .collection('leases')
    .updateOne({ holder: held?.holder ?? '' }, { $set: { until: new Date(0) } }, { session });
  // No commit and no abort: nothing more is heard of it. MongoDB keeps such a transaction for a minute.
  const next = await eventually(() => takeLease('orphaned', 'next', 10_000), { within: 110_000, every: 500 });
  expect(next).toEqual({ name: 'orphaned', holder: 'next', epoch: 2 });
  await session.abortTransaction().catch(() => undefined);
  await dying.close();
});
