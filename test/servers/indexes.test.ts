import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';

let environment: TestEnvironment;
beforeAll(async () => {
  environment = await testEnvironment();
  await connectStore(environment.mongoUri);
});
afterAll(async () => {
  await closeStore();
  await environment.close();
});

it('ensureIndexes knows every model there is', async () => {
  await ensureIndexes();
  for (const file of readdirSync(join(packageRoot, 'store', 'models')))
    await import(`../../store/models/${file.replace('.ts', '')}.ts`);
  const made = (await mongoose.connection.listCollections()).map(({ name }) => name);
  const wanted = Object.values(mongoose.models).map((model) => model.collection.name);
  expect(made.sort()).toEqual(wanted.sort());
});
