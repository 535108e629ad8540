import { Readable } from 'node:stream';
import * as base64 from 'nodemailer/lib/base64/index.js';
import type MimeNode from 'nodemailer/lib/mime-node/index.js';
import * as quotedPrintable from 'nodemailer/lib/qp/index.js';

/**
 * A composed mail as one block of bytes, the same that nodemailer's own stream of its parts adds up to. That one has a
 * pipeline of streams per part and a write to the socket for each: half of the work of handing a mail over.
 */
export function oneBlock(message: MimeNode): Readable {
  return new Readable({
    read() {
      const text = textOf(message);
      this.push(Buffer.from(text.endsWith('\n') ? text : `${text}\r\n`));
      this.push(null);
    },
  });
}

function textOf(node: MimeNode): string {
  const head = `${node.buildHeaders()}\r\n\r\n`;
  if (!node.multipart) return head + contentOf(node);
  const parts = node.childNodes.map((child) => `--${node.boundary}\r\n${textOf(child)}`);
  return `${head}${parts.join('\r\n')}\r\n--${node.boundary}--\r\n`;
}

function contentOf(node: MimeNode): string {
  const { content = '' } = node;
  const encoding = node.getTransferEncoding();
  if (Buffer.isBuffer(content) && encoding === 'base64') return base64.wrap(base64.encode(content));
  if (typeof content !== 'string') throw new TypeError('a mail consists of texts, and of files in base64');
  if (encoding === 'quoted-printable') return quotedPrintable.wrap(quotedPrintable.encode(content));
  return encoding === 'base64' ? base64.wrap(base64.encode(content)) : content;
}
