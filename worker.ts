import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { CompanyReader } from './activities/company.ts';
import { startWorker } from './activities/worker.ts';
import { loadClock } from './config/clock.ts';
import { loadConfig } from './config/config.ts';
import { createLogger } from './config/log.ts';
import { packageRoot } from './config/root.ts';
import { createMailer } from './delivery/channels/email.ts';
import { smsGateway } from './delivery/channels/sms.ts';
import { startDispatcher } from './delivery/dispatch/dispatcher.ts';
import { startIntake } from './delivery/intake/consumer.ts';
import { LiveLibrary } from './delivery/library.ts';
import { mailboxSms } from './delivery/mailbox/mailbox.ts';
import { bounceMailbox, startMailbox } from './delivery/mailbox/server.ts';
import { startOutbox } from './delivery/outbox/consumer.ts';
import { openQueues } from './delivery/queues.ts';
import { loadTemplates } from './delivery/templates/load.ts';
import { createRenderer } from './delivery/templates/renderer.ts';
import { createLinks } from './delivery/tracking/links.ts';
import { closeStore, connectStore, ensureIndexes } from './store/connect.ts';

/**
 * The worker process: applies the intake, starts and feeds workflows, hosts them, and delivers messages. Any number of
 * them may run side by side; it ends on SIGTERM, or by itself when Temporal is lost, to be started again.
 */
const config = loadConfig(process.env);
const log = createLogger(config, 'worker');
const closing: (() => Promise<unknown> | unknown)[] = [];
let failed = false;

try {
  const done = await start();
  await Promise.race([done, signalled()]);
} catch (error) {
  failed = true;
  log.fatal({ err: error }, 'the worker cannot go on');
}
for (const close of closing.reverse()) {
  await Promise.resolve(close()).catch((error: unknown) => log.error({ err: error }, 'not closed cleanly'));
}
process.exit(failed ? 1 : 0);

/** @returns what resolves or rejects when Temporal's worker has ended */
async function start(): Promise<Promise<void>> {
  await connectStore(config.mongodbUri);
  closing.push(closeStore);
  await ensureIndexes();
  const clock = loadClock(config);
  const queues = openQueues({ redisUrl: config.redis.url, prefix: config.redis.prefix });
  closing.push(() => queues.close());
  const templates = createRenderer(loadTemplates(join(packageRoot, 'templates')));
  const library = new LiveLibrary();
  const company = new CompanyReader(library);
  const onError = (error: unknown) => log.error({ err: error }, 'the intake failed; the next sweep goes on');

  const relay = config.mail.smtpUrl ?? (await builtInMailbox({ clock, queues, log }));
  const mailer = createMailer({ url: relay, connections: config.mail.connections });
  closing.push(() => mailer.close());

  const temporal = await Connection.connect({ address: config.temporal.address });
  closing.push(() => temporal.close());
  const client = new Client({ connection: temporal, namespace: config.temporal.namespace });

  const consumers = await Promise.all([
    startIntake({ queues, library, clock, onError }),
    startDispatcher({ client, taskQueue: config.temporal.taskQueue, queues, log }),
    startOutbox({
      clock,
      log,
      queues,
      policy: async () => (await company.read()).policy,
      templates,
      links: createLinks(config.secret, config.http.publicUrl),
      mailer,
      sms: smsGateway(config.sms, mailboxSms(clock)),
      ...(config.mail.smtpUrl === undefined && { returnPath: bounceMailbox }),
      concurrency: config.mail.connections,
    }),
  ]);
  closing.push(() => Promise.all(consumers.map((consumer) => consumer.close())));

  const worker = await startWorker(config, { clock, queues, log, httpAllowedHosts: config.httpAllowedHosts });
  closing.push(() => worker.stop());
  log.info({ taskQueue: config.temporal.taskQueue }, 'the worker is at work');
  return worker.done;
}

/** Without a relay all mail stays here. A second worker on this machine uses the first one's mailbox. */
async function builtInMailbox(deps: Parameters<typeof startMailbox>[1]): Promise<string> {
  const port = config.mailboxSmtpPort;
  try {
    const mailbox = await startMailbox({ port }, deps);
    closing.push(() => mailbox.close());
    return mailbox.url;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    log.info({ port }, 'another process keeps the mailbox');
    return `smtp://127.0.0.1:${port}`;
  }
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve());
  });
}
