import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { IntakeConsumer } from '../../../delivery/intake/consumer.ts';
import { LiveLibrary } from '../../../delivery/library.ts';
import { freePort } from '../../../scripts/servers/ports.ts';
import { loadFile } from '../../../store/files.ts';
import { InboundMails } from '../../../store/models/inbound-mail.ts';
import { Tickets } from '../../../store/models/ticket.ts';
import { type TicketMessageDoc, TicketMessages } from '../../../store/models/ticket-message.ts';
import { startScript } from '../fixtures/child.ts';
import { createWorld, type World } from '../fixtures/world.ts';
import { deliver } from './fixtures.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => await world.close());

const senders = 4;
const mailsPerSender = 9;

/** A mail with a file of some chunks, so that a kill finds it half stored. */
function mailOf(sender: number, n: number): Buffer {
  const file = Buffer.alloc(300_000, `${sender}.${n} `).toString('base64').replace(/.{76}/g, '$&\r\n');
  const parts = [
    `From: sender${sender}@example.org`,
    'To: support@example.com',
    `Subject: ${sender}.${n}`,
    `Message-ID: <${sender}.${n}@example.org>`,
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    `mail ${sender}.${n}`,
    '--b',
    'Content-Type: application/octet-stream; name=f.bin',
    'Content-Transfer-Encoding: base64',
    '',
    file,
    '--b--',
    '',
  ];
  return Buffer.from(parts.join('\r\n'));
}

it('a listener that is killed loses no mail and takes none twice, as its senders come again', async () => {
  const port = await freePort(0);
  const env = { ...world.environment.env, INBOUND_SMTP_PORT: String(port) };
  let listener: ChildProcess = await startScript('test/delivery/inbound/listener-process.ts', env);
  const [, script = ''] = listener.spawnargs;
  let taken = 0;
  let refused = 0;

  const send = async (sender: number) => {
    for (let n = 0; n < mailsPerSender; n++) {
      for (let done = false; !done; ) {
        const from = `sender${sender}@example.org`;
        done = await deliver(port, { raw: mailOf(sender, n), from }).then(
          () => true,
          () => false,
        );
        if (done) taken += 1;
        else {
          refused += 1;
          await pause(50);
        }
      }
    }
  };
  const killing = (async () => {
    for (const after of [4, 14, 24]) {
      while (taken < after) await pause(5);
      const ended = once(listener, 'exit');
      listener.kill('SIGKILL');
      await ended;
      listener = spawn(process.execPath, [script], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (listener.stdout) await once(listener.stdout, 'data');
    }
  })();
  await Promise.all([...Array.from({ length: senders }, (_, sender) => send(sender)), killing]);
  listener.kill('SIGKILL');

  expect(refused).toBeGreaterThan(0);
  const errors: unknown[] = [];
  const { clock, queues } = world;
  await new IntakeConsumer({
    clock,
    queues,
    library: new LiveLibrary(),
    onError: (error) => void errors.push(error),
  }).drain();
  expect(errors).toEqual([]);
  const all = senders * mailsPerSender;
  expect(await InboundMails.countDocuments({ verdict: 'ticket' })).toBe(all);
  expect(await InboundMails.countDocuments()).toBe(all);
  const messages = await TicketMessages.find().lean<TicketMessageDoc[]>();
  expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(all);
  expect(messages).toHaveLength(all);
  expect(await Tickets.countDocuments()).toBe(all);
  for (const { text, attachments } of messages) {
    const [file] = attachments;
    const name = text.replace('mail ', '');
    expect((await loadFile(file?.file ?? '')).equals(Buffer.alloc(300_000, `${name} `)), name).toBe(true);
  }
}, 300_000);
