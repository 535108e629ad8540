import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { inject } from 'vitest';
import { type Config, loadConfig } from '../../config/config.ts';
import { type SmtpSink, smtpSink } from './smtp-sink.ts';

/** What one test file has for itself on the shared servers: a database, a key prefix, a task queue, a data folder. */
export interface TestEnvironment {
  mongoUri: string;
  redisUrl: string;
  redisPrefix: string;
  temporalAddress: string;
  taskQueue: string;
  apiKey: string;
  /** The same as environment variables, complete, for child processes. */
  env: Record<string, string>;
  /** The same, parsed. */
  config: Config;
  /** Where `config.mail` sends to. */
  smtp: SmtpSink;
  /** Drops the database, the keys and the folder, and closes the sink. Close your own connections first. */
  close(): Promise<void>;
}

/**
 * Makes an environment that no other test file sees.
 * @param overrides environment variables that shall differ; an empty one counts as absent
 */
export async function testEnvironment(overrides: Record<string, string> = {}): Promise<TestEnvironment> {
  const servers = inject('servers');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const smtp = await smtpSink();
  const dataFolder = await mkdtemp(join(tmpdir(), 'voronka-test-'));
  const apiKey = randomBytes(16).toString('hex');
  const env = {
    MONGODB_URI: withDatabase(servers.mongodbUri, name),
    REDIS_URL: servers.redisUrl,
    VORONKA_REDIS_PREFIX: name,
    TEMPORAL_ADDRESS: servers.temporalAddress,
    VORONKA_TASK_QUEUE: name,
    SMTP_URL: smtp.url,
    VORONKA_API_KEYS: apiKey,
    VORONKA_SECRET: randomBytes(32).toString('hex'),
    VORONKA_DATA: dataFolder,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    ...overrides,
  };
  const config = loadConfig(env);
  return {
    mongoUri: config.mongodbUri,
    redisUrl: config.redis.url,
    redisPrefix: config.redis.prefix,
    temporalAddress: config.temporal.address,
    taskQueue: config.temporal.taskQueue,
    apiKey,
    env,
    config,
    smtp,
    async close() {
      await Promise.all([
        smtp.close(),
        dropDatabase(config.mongodbUri),
        deleteKeys(config.redis.url, config.redis.prefix),
        rm(dataFolder, { recursive: true, force: true }),
      ]);
    },
  };
}

function withDatabase(uri: string, database: string): string {
  return uri.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/${database}`);
}

async function dropDatabase(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri).asPromise();
  await connection.dropDatabase();
  await connection.close();
}

async function deleteKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.unlink(...keys);
  }
  await redis.quit();
}
