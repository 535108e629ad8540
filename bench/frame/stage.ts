import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { type Config, loadConfig } from '../../config/config.ts';
import { dataConverter } from '../../delivery/payloads.ts';
import type { RunningServers } from '../../scripts/servers/start.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';

/** What a benchmark has for itself on the servers: a database, a key prefix, a task queue, a data folder; nothing runs yet. */
export interface Stage {
  config: Config;
  /** The same as environment variables, for child processes. */
  env: Record<string, string>;
  client: Client;
  /** Drops all of it. */
  close(): Promise<void>;
}

/** @param overrides environment variables */
export async function openStage(servers: RunningServers, overrides: Record<string, string> = {}): Promise<Stage> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const dataFolder = await mkdtemp(join(tmpdir(), 'voronka-bench-'));
  const env = {
    ...servers.env,
    MONGODB_URI: withDatabase(servers.env.MONGODB_URI ?? '', name),
    VORONKA_REDIS_PREFIX: name,
    VORONKA_TASK_QUEUE: name,
    VORONKA_API_KEYS: randomBytes(16).toString('hex'),
    VORONKA_SECRET: randomBytes(32).toString('hex'),
    VORONKA_DATA: dataFolder,
    LOG_LEVEL: 'warn',
    ...overrides,
  };
  const config = loadConfig(env);
  await connectStore(config.mongodbUri);
  await ensureIndexes();
  const connection = await Connection.connect({ address: config.temporal.address });
  return {
    config,
    env,
    client: new Client({ connection, namespace: config.temporal.namespace, dataConverter }),
    async close() {
      await mongoose.connection.dropDatabase();
      await closeStore();
      await connection.close();
      await deleteKeys(config.redis);
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

function withDatabase(uri: string, database: string): string {
  return uri.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/${database}`);
}

async function deleteKeys({ url, prefix }: Config['redis']): Promise<void> {
  const redis = new Redis(url);
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.unlink(...keys);
  }
  await redis.quit();
}
