import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadFile } from '../../../store/files.ts';
import { eventually } from '../../support/poll.ts';
import { type InboundBench, inboundBench } from './bench.ts';
import { deliver, plain } from './fixtures.ts';

let bench: InboundBench;
beforeAll(async () => {
  bench = await inboundBench();
});
afterAll(async () => await bench.close());
beforeEach(async () => await bench.clear());

describe('hostile and broken mails', () => {
  it('a mail with an attachment of 30 MB is refused with a word about it, and the next one is taken', async () => {
    const line = `${'x'.repeat(76)}\r\n`;
    const raw = plain(
      { 'Message-ID': '<big@example.org>' },
      line.repeat(Math.ceil((30 * 1024 * 1024 * 4) / 3 / line.length)),
    );
    await expect(deliver(bench.port, { raw })).rejects.toThrow(
      /552 5\.3\.4 The mail is larger than 25 MB; send large files as links/,
    );
    expect(await bench.kept()).toEqual([]);
    expect(await deliver(bench.port, { raw: plain({}, 'small') })).toContain('(ticket)');
  });

  it('one that breaks off in the middle is not taken', async () => {
    const socket = connect(bench.port, '127.0.0.1');
    socket.write('EHLO x\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<support@example.com>\r\nDATA\r\n');
    await eventually(async () => socket.bytesRead > 0);
    socket.write('From: a@example.org\r\nSubject: half');
    await new Promise<void>((resolve) => socket.end(() => resolve()));
    expect(await deliver(bench.port, { raw: plain({}, 'whole') })).toContain('(ticket)');
    expect(await bench.kept()).toHaveLength(1);
  });

  it.each([
    ['nothing', Buffer.from('\r\n')],
    ['noise', Buffer.from(Array.from({ length: 20_000 }, (_, n) => (n * 7919) % 251))],
    [
      'a body without an end',
      Buffer.from(
        'From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello',
      ),
    ],
    [
      '10,000 header fields',
      plain(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`X-Field-${n}`, 'value'])), 'hello'),
    ],
    ['a header of 2 MB', plain({ 'X-Long': 'y'.repeat(2_000_000) }, 'hello')],
    ['5,000 multiparts in each other', nested(5_000)],
    [
      'HTML in 100,000 levels',
      Buffer.from(`From: a@b.example\r\nContent-Type: text/html\r\n\r\n${'<b>'.repeat(100_000)}hello`),
    ],
    ['base64 that is none', Buffer.from('From: a@b.example\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!====%%%%')],
    ['no sender at all', Buffer.from('Subject: x\r\n\r\nhello')],
  ])('%s is kept, with a verdict, and within seconds', async (_, raw) => {
    const began = performance.now();
    await deliver(bench.port, { raw });
    expect(performance.now() - began).toBeLessThan(10_000);
    const mails = await bench.kept();
    expect(mails).toHaveLength(1);
    expect((await loadFile(mails[0]?.raw ?? '')).length).toBe(mails[0]?.size);
    if (mails[0]?.verdict === 'ticket') await bench.onlyItem();
    else expect(mails[0]).toMatchObject({ verdict: 'malformed', reason: expect.stringMatching(/.{10}/) });
  });

  it('keep the whole mail with the message when the message cannot hold all of it', async () => {
    await deliver(bench.port, { raw: plain({ 'Message-ID': '<long@example.org>' }, 'word '.repeat(100_000)) });
    const { message } = await bench.onlyItem();
    expect(message).toMatchObject({ attachments: [{ name: 'mail.eml', type: 'message/rfc822' }] });
  });
});

function nested(depth: number): Buffer {
  const open = Array.from(
    { length: depth },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
  );
  return Buffer.from(`From: a@b.example\r\n${open.join('')}Content-Type: text/plain\r\n\r\nhello\r\n`);
}
