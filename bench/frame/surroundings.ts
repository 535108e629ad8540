import { execFile } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { packageRoot } from '../../config/root.ts';
import type { RunningServer } from '../../scripts/servers/one.ts';
import type { RunningServers } from '../../scripts/servers/start.ts';
import { perSecond } from './rounds.ts';

export type Surroundings = Record<string, string | number>;

/** The machine and the programs on it. */
export async function machine(): Promise<Surroundings> {
  const [cpu] = cpus();
  return {
    Date: new Date().toISOString(),
    Commit: await commit(),
    Node: process.version,
    Processor: `${availableParallelism()} × ${cpu?.model.trim() ?? 'unknown'}`,
    Memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
  };
}

async function commit(): Promise<string> {
  const execute = promisify(execFile);
  const answer = await execute('git', ['describe', '--always', '--dirty'], { cwd: packageRoot }).catch(() => undefined);
  return answer?.stdout.trim() ?? 'unknown';
}

/** What the servers call themselves, and how fast the store takes batches: what decides most of the figures. */
export async function serversIn({ servers, env }: RunningServers): Promise<Surroundings> {
  const bySource = new Map(servers.map((server) => [server.name, sourceOf(server)]));
  const [temporal, mongodb, redis, inserts] = await Promise.all([
    temporalVersion(env.TEMPORAL_ADDRESS ?? ''),
    storeOf(env.MONGODB_URI ?? ''),
    redisVersion(env.REDIS_URL ?? ''),
    bulkInserts(env.MONGODB_URI ?? ''),
  ]);
  return {
    Temporal: `${temporal} (${bySource.get('temporal')})`,
    MongoDB: `${mongodb.version} (${bySource.get('mongodb')})`,
    'MongoDB bulk inserts': `${Math.round(inserts)}/s in batches of 200 under a unique key`,
    Redis: `${redis} (${bySource.get('redis')})`,
  };
}

function sourceOf({ started }: RunningServer): string {
  return started?.source.label ?? 'given by the environment';
}

async function temporalVersion(address: string): Promise<string> {
  const connection = await Connection.connect({ address });
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  await connection.close();
  return `server ${serverVersion}`;
}

/** What a MongoDB is: the real one, or one of the two SecantusDBs that speak its protocol. */
export interface Store {
  kind: 'mongodb' | 'secantusdb-rust' | 'secantusdb-python';
  version: string;
  /** Whether it is the one that `npm start` brings along. */
  embedded: boolean;
}

export async function storeOf(uri: string): Promise<Store> {
  const connection = await mongoose.createConnection(uri).asPromise();
  const info = await connection.db?.admin().command({ buildInfo: 1 });
  await connection.close();
  if (!info?.secantusVersion) return { kind: 'mongodb', version: `${info?.version}`, embedded: false };
  // Only the one in Rust says how it was built.
  const rust = info.buildEnvironment !== undefined;
  const version = `SecantusDB ${info.secantusVersion} in ${rust ? 'Rust' : 'Python'}`;
  return { kind: rust ? 'secantusdb-rust' : 'secantusdb-python', version, embedded: !rust };
}

async function redisVersion(url: string): Promise<string> {
  const redis = new Redis(url);
  const info = await redis.info('server');
  await redis.quit();
  return /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown';
}

/** Documents a second. */
async function bulkInserts(uri: string): Promise<number> {
  const connection = await mongoose.createConnection(uri, { dbName: `bench_yardstick_${process.pid}` }).asPromise();
  const collection = connection.collection<{ key: string; text: string }>('inserts');
  await collection.createIndex({ key: 1 }, { unique: true });
  const batches = Array.from({ length: 10 }, (_, batch) =>
    Array.from({ length: 200 }, (_, one) => ({ key: `${batch}/${one}`, text: 'x'.repeat(200) })),
  );
  const rate = await perSecond(2_000, async () => {
    for (const batch of batches) await collection.insertMany(batch, { ordered: false });
  });
  await connection.dropDatabase();
  await connection.close();
  return rate;
}
