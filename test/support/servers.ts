import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packageRoot } from '../../config/root.ts';
import { claim } from '../../scripts/servers/claim.ts';
import { locate, type Toolbox } from '../../scripts/servers/sources.ts';
import { startServers } from '../../scripts/servers/start.ts';
import { temporalTestServer } from '../../scripts/servers/temporal.ts';

/** Addresses of the servers that all tests of the project share. */
export interface TestServers {
  mongodbUri: string;
  redisUrl: string;
  temporalAddress: string;
  /** Path of Temporal's time-skipping test server. */
  temporalTestServer: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    servers: TestServers;
  }
}

/** Global setup of the tests that need servers: takes those in the environment, starts the others in a folder that lasts as long as the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { env } = process;
  const toolbox: Toolbox = {
    folder: join(packageRoot, '.data', 'tools'),
    path: env.PATH ?? '',
    say: (line) => console.log(line),
    signal: new AbortController().signal,
  };
  const testServer = env.TEMPORAL_TEST_SERVER || (await findTestServer(toolbox));
  const folder = await claim(await mkdtemp(join(tmpdir(), 'voronka-servers-')));
  const running = await startServers({ claim: folder, env, toolbox, ports: 'free' });
  project.provide('servers', {
    mongodbUri: running.env.MONGODB_URI ?? '',
    redisUrl: running.env.REDIS_URL ?? '',
    temporalAddress: running.env.TEMPORAL_ADDRESS ?? '',
    temporalTestServer: testServer,
  });
  return async () => {
    await running.stop();
    await rm(folder.dataFolder, { recursive: true });
  };
}

async function findTestServer(toolbox: Toolbox): Promise<string> {
  const { title, sources, cure } = temporalTestServer;
  return (await locate(title, sources, toolbox, { cure })).executable;
}
