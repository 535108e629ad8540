import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packageRoot } from '../../config/root.ts';
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

/** Global setup of the tests that need servers: takes those in the environment, starts the others in a folder of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { env } = process;
  const stopping = new AbortController();
  const toolbox: Toolbox = {
    folder: join(packageRoot, '.data', 'tools'),
    path: env.PATH ?? '',
    say: (line) => console.log(line),
    signal: stopping.signal,
  };
  const dataFolder = join(packageRoot, '.data', 'test');
  const testServer = env.TEMPORAL_TEST_SERVER || (await findTestServer(toolbox));
  const running = await startServers({ dataFolder, env, toolbox, ports: 'free' });
  project.provide('servers', {
    mongodbUri: running.env.MONGODB_URI ?? '',
    redisUrl: running.env.REDIS_URL ?? '',
    temporalAddress: running.env.TEMPORAL_ADDRESS ?? '',
    temporalTestServer: testServer,
  });
  return async () => {
    stopping.abort();
    await running.stop();
  };
}

async function findTestServer(toolbox: Toolbox): Promise<string> {
  const { title, sources, cure } = temporalTestServer;
  return (await locate(title, sources, toolbox, { cure })).executable;
}
