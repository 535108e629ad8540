import { join } from 'node:path';
import type { Clock } from '../config/clock.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../config/log.ts';
import { packageRoot } from '../config/root.ts';
import type { ContactPolicy } from '../engine/schema/contact-policy.ts';
import { createMailer } from './channels/email.ts';
import { smsGateway } from './channels/sms.ts';
import { mailboxSms } from './mailbox/mailbox.ts';
import { bounceMailbox, type MailboxServer, startMailbox } from './mailbox/server.ts';
import { startOutbox } from './outbox/consumer.ts';
import type { Consumer, Queues } from './queues.ts';
import { loadTemplates } from './templates/load.ts';
import { createRenderer } from './templates/renderer.ts';
import { createLinks } from './tracking/links.ts';

export interface DeliverySettings {
  config: Config;
  clock: Clock;
  log: Logger;
  queues: Queues;
  /** The company's live contact policy. */
  policy(): Promise<ContactPolicy>;
  /** Real milliseconds after which the outbox looks for itself at the latest. */
  sweepMs: number;
}

/** Everything that carries messages out of this process: the outbox, its channels, and the mailbox where there is no relay. */
export async function startDelivery({
  config,
  clock,
  log,
  queues,
  policy,
  sweepMs,
}: DeliverySettings): Promise<Consumer> {
  const { smtpUrl, connections } = config.mail;
  const mailbox = smtpUrl === undefined ? await openMailbox(config.mailboxSmtpPort, { clock, log, queues }) : undefined;
  const url = smtpUrl ?? `smtp://127.0.0.1:${config.mailboxSmtpPort}`;
  const mailer = createMailer({ url, connections });
  const outbox = await startOutbox(
    {
      clock,
      log,
      queues,
      policy,
      templates: createRenderer(loadTemplates(join(packageRoot, 'templates'))),
      links: createLinks(config.secret, config.http.publicUrl),
      mailer,
      sms: smsGateway(config.sms, mailboxSms(clock)),
      ...(smtpUrl === undefined && { returnPath: bounceMailbox }),
      concurrency: connections,
    },
    { sweepMs },
  );
  return {
    async close() {
      await outbox.close();
      mailer.close();
      await mailbox?.close();
    },
  };
}

/** One process of a machine has the mailbox's port; the others send to it. */
async function openMailbox(
  port: number,
  deps: Pick<DeliverySettings, 'clock' | 'log' | 'queues'>,
): Promise<MailboxServer | undefined> {
  try {
    return await startMailbox({ port }, deps);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    deps.log.info({ port }, 'another process has the mailbox');
    return undefined;
  }
}
