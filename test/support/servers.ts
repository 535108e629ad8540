import type { TestProject } from 'vitest/node';

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

/** Global setup of the tests that need servers: takes those in the environment, starts the others. */
export default async function setup(project: TestProject): Promise<void> {
  const { MONGODB_URI, REDIS_URL, TEMPORAL_ADDRESS, TEMPORAL_TEST_SERVER } = process.env;
  if (!MONGODB_URI || !REDIS_URL || !TEMPORAL_ADDRESS || !TEMPORAL_TEST_SERVER) {
    throw new Error('set MONGODB_URI, REDIS_URL, TEMPORAL_ADDRESS and TEMPORAL_TEST_SERVER, or run `npm test`');
  }
  project.provide('servers', {
    mongodbUri: MONGODB_URI,
    redisUrl: REDIS_URL,
    temporalAddress: TEMPORAL_ADDRESS,
    temporalTestServer: TEMPORAL_TEST_SERVER,
  });
}
