import { buffer } from 'node:stream/consumers';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { describe, expect, it } from 'vitest';
import { oneBlock } from '../../delivery/channels/mime.ts';

const mail = {
  from: 'Company <hello@example.com>',
  to: { name: 'Анна', address: 'anna@example.com' },
  subject: 'Hello',
  headers: { 'List-Unsubscribe': `<https://crm.example/u/${'x'.repeat(200)}>` },
};

describe('a mail in one block', () => {
  it.each([
    ['plain words', '<p>Dear Anna</p>', 'Dear Anna'],
    ['words in Russian', '<p>Здравствуйте, Анна</p>', 'Здравствуйте, Анна'],
    ['a few letters that are not ASCII', '<p>Café — naïve = good</p>', 'Café — naïve = good'],
    ['long lines', `<p>${'word '.repeat(400)}</p>`, `${'x'.repeat(1_200)} ${'слово '.repeat(100)}`],
    ['dots at the start of lines', '.\r\n..\r\n<p>.</p>', '.\n..\n.hidden'],
    ['all kinds of line ends and blanks', 'a \r\nb\t\nc\rd = e\r\n\r\n', ' a\n\n\nb \n'],
    ['no text', '<p></p>', ''],
  ])('has the bytes of nodemailer’s own stream with %s', async (_, html, text) => {
    const message = new MailComposer({ ...mail, html, text }).compile();
    const theirs = await buffer(message.createReadStream());
    const ours = await buffer(oneBlock(message));
    expect(ours.toString()).toBe(theirs.toString());
  });

  it('is not read before somebody asks for it', () => {
    const block = oneBlock(new MailComposer({ ...mail, text: 'x' }).compile());
    expect(block.readableDidRead).toBe(false);
  });
});
