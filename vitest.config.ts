import { defineConfig } from 'vitest/config';

/** Folders of tests that need servers; every other one is pure and runs anywhere in seconds. */
const onServers = [
  'store',
  'api',
  'delivery',
  'activities',
  'workflows',
  'conformance',
  'e2e',
  'studio',
  'servers',
].map((area) => `test/${area}/**/*.test.ts`);

export default defineConfig({
  test: {
    reporters: ['default', './test/support/summary-reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Tests that run side by side are stories of weeks, which mostly wait.
    maxConcurrency: 20,
    teardownTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: ['test/**/*.test.ts'], exclude: onServers, testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'servers',
          include: onServers,
          globalSetup: 'test/support/servers.ts',
          // The servers share the machine with the tests: a quiet one needs a tenth of this.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000, interval: 50 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
