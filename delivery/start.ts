import { join } from 'node:path';
import type { Clock } from '../config/clock.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../config/log.ts';
import { packageRoot } from '../config/root.ts';
import type { ContactPolicy } from '../engine/schema/contact-policy.ts';
import { createMailer } from './channels/email.ts';
import { messengerGateway } from './channels/messenger.ts';
import { smsGateway } from './channels/sms.ts';
import { startInbound } from './inbound/server.ts';
import { mailboxSms } from './mailbox/mailbox.ts';
import { bounceMailbox, startMailbox } from './mailbox/server.ts';
import { oneOfMachine } from './one-of-machine.ts';
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

/** Everything that carries messages out of this process and mails into it: the outbox, its channels, the mailbox where there is no relay, and the listener for support mail. */
export async function startDelivery({
  config,
  clock,
  log,
  queues,
  policy,
  sweepMs,
}: DeliverySettings): Promise<Consumer> {
  const { smtpUrl, connections } = config.mail;
  const mailbox =
    smtpUrl === undefined
      ? await oneOfMachine(
          config.mailboxSmtpPort,
          () => startMailbox({ port: config.mailboxSmtpPort }, { clock, log, queues }),
          { log },
        )
      : undefined;
  const inbound = await oneOfMachine(
    config.inbound.port,
    () => startInbound(config.inbound, { clock, log, queues, policy }),
    { log },
  );
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
      messengers: messengerGateway(config.webhooks),
      ...(smtpUrl === undefined && { returnPath: bounceMailbox }),
      concurrency: connections,
    },
    { sweepMs },
  );
  return {
    async close() {
      await inbound.close();
      await outbox.close();
      mailer.close();
      await mailbox?.close();
    },
  };
}
