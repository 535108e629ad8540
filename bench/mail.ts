import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { realClock } from '../config/clock.ts';
import { createLogger } from '../config/log.ts';
import { packageRoot } from '../config/root.ts';
import { composeMail } from '../delivery/outbox/compose.ts';
import { enqueue } from '../delivery/outbox/enqueue.ts';
import { messageIdOf } from '../delivery/outbox/message-id.ts';
import { nudge, openQueues, type Queues } from '../delivery/queues.ts';
import { startDelivery } from '../delivery/start.ts';
import { loadTemplates } from '../delivery/templates/load.ts';
import { createRenderer } from '../delivery/templates/renderer.ts';
import { createLinks } from '../delivery/tracking/links.ts';
import { defaultPolicy } from '../engine/library.ts';
import { freePort } from '../scripts/servers/ports.ts';
import { contactViews } from '../store/contacts.ts';
import { newId } from '../store/id.ts';
import type { MessageDoc } from '../store/models/message.ts';
import { SentMessages } from '../store/models/sent-message.ts';
import type { Benchmark } from './frame/benchmark.ts';
import { makeContacts } from './frame/people.ts';
import { startService } from './frame/processes.ts';
import { untilSettled } from './frame/progress.ts';
import { compare, perSecond } from './frame/rounds.ts';
import { openStage, type Stage } from './frame/stage.ts';

const connections = 10;
const template = 'welcome';
/** Enough on the slowest store. */
const msToQueue = 3;

/** Mails through the outbox (gate, rendering, claim, hand-over, history), against nodemailer alone with rendered mails. */
export const mail: Benchmark = {
  name: 'mail',
  title: 'Mails delivered through the outbox, against nodemailer alone',
  pure: false,
  async run(setting) {
    const count = setting.quick ? 50 : 3_000;
    const port = await freePort(0);
    const stage = await openStage(setting.servers, {
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      SMTP_POOL: `${connections}`,
    });
    const sink = await startService('bench/baseline/sink.js', { PORT: `${port}` }, stage);
    const queues = openQueues({ redisUrl: stage.config.redis.url, prefix: stage.config.redis.prefix });
    const delivery = await startDelivery({
      config: stage.config,
      clock: realClock,
      log: createLogger(stage.config, 'bench'),
      queues,
      policy: async () => defaultPolicy,
      sweepMs: 5_000,
    });
    const transport = nodemailer.createTransport({
      url: `smtp://127.0.0.1:${port}`,
      pool: true,
      maxConnections: connections,
    });
    try {
      const rendered = await renderOne(stage);
      const send = (address: string) => transport.sendMail({ ...rendered, to: { name: 'Anna', address } });
      const direct = (mails: number) =>
        perSecond(mails, async () => {
          await Promise.all(Array.from({ length: mails }, (_, n) => send(`person-${n}@example.com`)));
        });
      const { ours, theirs, ratio } = await compare(
        {
          ours: {
            name: 'Voronka',
            warmUp: () => throughOutbox(count / 5, count / 5, queues),
            measure: (round) => throughOutbox(count, (round + 1) * count + count / 5, queues),
          },
          theirs: { name: 'nodemailer alone', warmUp: () => direct(count / 5), measure: () => direct(count) },
        },
        'mails/s',
        setting,
      );
      return {
        figures: [ours, theirs],
        aims: [{ name: 'Through the outbox, of nodemailer alone,', unit: '×', value: ratio, atLeast: 0.8 }],
        conditions: {
          'Mails per round': count,
          'Connections of the pool': connections,
          'Size of a mail': `${Math.round((rendered.html.length + rendered.text.length) / 1_024)} kB of HTML and text`,
          'From, to': 'queued in the store; taken by the sink and marked as sent',
          Sink: 'smtp-server in a process of its own, on the same machine',
        },
      };
    } finally {
      transport.close();
      await delivery.close();
      await queues.close();
      await sink.stop();
      await stage.close();
    }
  },
};

/**
 * The clock stops when the last mail is marked as sent. That all were sent is counted afterwards: it costs the embedded
 * store a good part of a second.
 * @param total mails that are sent when this round is over
 */
async function throughOutbox(count: number, total: number, queues: Queues): Promise<number> {
  const messages = (await makeContacts(count)).map(messageTo);
  const ids = messages.map(({ _id }) => _id);
  // Due all at once when they are queued, so that no sweep sends the first ones before the measuring begins.
  const due = Date.now() + 1_000 + count * msToQueue;
  await enqueue(messages.map((message) => ({ ...message, notBefore: new Date(due) })));
  const left = due - Date.now();
  if (left < 0) throw new Error(`${count} mails were queued ${-left} ms too late`);
  await pause(left);
  const speed = await perSecond(count, async () => {
    await nudge(queues.outbox);
    await untilSettled(ids);
  });
  const sent = await SentMessages.countDocuments();
  if (sent !== total) throw new Error(`${sent} of ${total} mails were sent`);
  return speed;
}

/** The same mail as the outbox makes of the template. */
async function renderOne({ config }: Stage) {
  const [id = ''] = await makeContacts(1);
  const contact = (await contactViews([id])).get(id);
  if (contact === undefined) throw new Error('the contact is gone');
  const templates = createRenderer(loadTemplates(join(packageRoot, 'templates')));
  const links = createLinks(config.secret, config.http.publicUrl);
  const composed = composeMail({ message: messageTo(id), contact, policy: defaultPolicy }, Date.now(), {
    templates,
    links,
  });
  const { from, subject, html, text, unsubscribeUrl = '' } = composed;
  const headers = { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  return { from, subject, html, text, headers };
}

function messageTo(contactId: string): MessageDoc {
  const instance = newId();
  const key = `${instance}/mail/1`;
  const now = new Date();
  return {
    _id: key,
    instance,
    process: 'bench',
    step: 'mail',
    contactId,
    channel: 'email',
    purpose: 'marketing',
    template,
    to: `${contactId}@example.com`,
    language: 'en',
    item: {
      contactId,
      channel: 'email',
      template,
      purpose: 'marketing',
      priority: 50,
      process: 'bench',
      step: 'mail',
      onCap: 'defer',
      deferUntil: now.getTime() + 86_400_000,
      timezone: 'contact',
      data: { trigger: {}, vars: {} },
    },
    notBefore: now,
    attempts: 0,
    messageId: messageIdOf(key, defaultPolicy.company.from),
    queuedAt: now,
  };
}
