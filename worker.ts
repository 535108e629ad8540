import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { CompanyReader } from './activities/company.ts';
import { startWorker } from './activities/worker.ts';
import { loadClock } from './config/clock.ts';
import { loadConfig } from './config/config.ts';
import { createLogger } from './config/log.ts';
import { packageRoot } from './config/root.ts';
import { startDispatcher } from './delivery/dispatch/dispatcher.ts';
import { loadDocumentTemplates } from './delivery/documents/load.ts';
import { DocumentMaker } from './delivery/documents/maker.ts';
import { RenderPool } from './delivery/documents/pool.ts';
import { startIntake } from './delivery/intake/consumer.ts';
import { LiveLibrary } from './delivery/library.ts';
import { dataConverter } from './delivery/payloads.ts';
import { openQueues } from './delivery/queues.ts';
import { startRetention } from './delivery/retention.ts';
import { startDelivery } from './delivery/start.ts';
import { closeStore, connectStore, ensureIndexes } from './store/connect.ts';

/**
 * The worker process: applies the intake, starts and feeds workflows, hosts them, and delivers messages. Any number of
 * them may run side by side; it ends on SIGTERM, or by itself when Temporal is lost, to be started again.
 */
const config = loadConfig(process.env);
const log = createLogger(config, 'worker');
const closing: (() => Promise<unknown>)[] = [];
let failed = false;

try {
  const { ended } = await start();
  await Promise.race([ended, signalled()]);
} catch (error) {
  failed = true;
  log.fatal({ err: error }, 'the worker cannot go on');
}
for (const close of closing.reverse()) {
  await close().catch((error: unknown) => log.error({ err: error }, 'not closed cleanly'));
}
process.exit(failed ? 1 : 0);

/** @returns `ended`, which resolves or rejects when Temporal's worker has ended */
async function start(): Promise<{ ended: Promise<void> }> {
  await connectStore(config.mongodbUri);
  closing.push(closeStore);
  await ensureIndexes();
  const clock = loadClock(config);
  const queues = openQueues({ redisUrl: config.redis.url, prefix: config.redis.prefix });
  closing.push(() => queues.close());
  const temporal = await Connection.connect({ address: config.temporal.address });
  closing.push(() => temporal.close());

  const { namespace, taskQueue } = config.temporal;
  const library = new LiveLibrary({}, log);
  const company = new CompanyReader(library);
  const onError = (error: unknown) => log.error({ err: error }, 'the intake failed; the next sweep goes on');
  // What is due by the calendar must not wait for days of a scaled clock.
  const sweepMs = Math.max(500, 5_000 / config.timeScale);
  const consumers = await Promise.all([
    startIntake({ queues, library, clock, onError }, sweepMs),
    startDispatcher({ client: new Client({ connection: temporal, namespace, dataConverter }), taskQueue, queues, log }),
    startRetention({ clock, library, queues, log, days: config.retentionDays }),
    startDelivery({ config, clock, log, queues, policy: async () => (await company.read()).policy, sweepMs }),
  ]);
  closing.push(() => Promise.all(consumers.map((consumer) => consumer.close())));

  const templates = await loadDocumentTemplates(join(packageRoot, 'templates'));
  const documents = new DocumentMaker(templates, new RenderPool());
  closing.push(() => documents.close());
  const { httpAllowedHosts } = config;
  const worker = await startWorker(config, { clock, queues, log, httpAllowedHosts, documents });
  closing.push(() => worker.stop());
  log.info({ taskQueue }, 'the worker is at work');
  return { ended: worker.done };
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve());
  });
}
