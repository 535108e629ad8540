import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import { claim } from '../../scripts/servers/claim.ts';
import { identify } from '../../scripts/servers/identity.ts';
import type { Toolbox } from '../../scripts/servers/sources.ts';
import { type RunningServers, startServers } from '../../scripts/servers/start.ts';
import { readState, writeState } from '../../scripts/servers/state.ts';

let dataFolder = '';
let running: RunningServers | undefined;
const toolbox: Toolbox = {
  folder: join(packageRoot, '.data', 'tools'),
  path: process.env.PATH ?? '',
  say: () => undefined,
  signal: new AbortController().signal,
};
const start = async () => startServers({ claim: await claim(dataFolder), env: {}, toolbox, ports: 'free' });
const pids = () => Object.values(readState(dataFolder).processes).map(({ pid }) => pid);

beforeAll(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'voronka-servers-'));
});
afterAll(async () => {
  await running?.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

async function countStart(env: Record<string, string>): Promise<{ documents: number; key: number }> {
  const connection = await mongoose.createConnection(env.MONGODB_URI ?? '').asPromise();
  const redis = new Redis(env.REDIS_URL ?? '');
  await connection.collection('starts').insertOne({ at: new Date() });
  const counts = { documents: await connection.collection('starts').countDocuments(), key: await redis.incr('starts') };
  await Promise.all([connection.close(), redis.quit()]);
  return counts;
}

describe('servers of our own', { timeout: 300_000 }, () => {
  it('serve, and are gone when they were stopped', async () => {
    running = await start();
    expect(await countStart(running.env)).toEqual({ documents: 1, key: 1 });
    const started = pids();
    expect(started).toHaveLength(3);
    await running.stop();
    for (const pid of started) expect(await identify(pid)).toBeUndefined();
  });

  it('come up again with the same addresses and data, within seconds', async () => {
    const before = running?.env;
    const begun = performance.now();
    running = await start();
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(running.env).toEqual(before);
    expect(await countStart(running.env)).toEqual({ documents: 2, key: 2 });
  });

  it('that outlived a killed start are ended before the next, and nothing written is lost', async () => {
    const orphans = pids();
    // As after kill -9: the owner is noted and gone, the servers run.
    writeState(dataFolder, { ...readState(dataFolder), owner: { pid: 2 ** 22 + 1, started: 'long ago' } });
    running = await start();
    for (const pid of orphans) expect(await identify(pid)).toBeUndefined();
    expect(await countStart(running.env)).toEqual({ documents: 3, key: 3 });
  });

  it('are not started twice on one folder', async () => {
    await running?.stop();
    const other = spawn('sleep', ['60']);
    const pid = other.pid ?? 0;
    writeState(dataFolder, { ...readState(dataFolder), owner: { pid, started: (await identify(pid))?.started ?? '' } });
    await expect(start()).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    other.kill();
  });
});
