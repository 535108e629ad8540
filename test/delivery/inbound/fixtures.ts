import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nodemailer from 'nodemailer';

/** A mail of the folder as it goes over the wire. */
export function mail(name: string): Buffer {
  const text = readFileSync(join(import.meta.dirname, 'mails', `${name}.eml`), 'utf8');
  return Buffer.from(text.replace(/\r?\n/g, '\r\n'));
}

/** A mail that ordinary people's programs would write. */
export function plain(fields: Record<string, string>, text: string): Buffer {
  const head = { From: 'Anna <anna@example.org>', To: 'support@example.com', Subject: 'Help', ...fields };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${lines.join('\r\n')}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`);
}

interface Sent {
  raw: Buffer;
  from?: string;
  to?: string;
}

/** Hands a mail over as a mail server does. @returns the server's answer @throws with its refusal */
export async function deliver(
  port: number,
  { raw, from = 'anna@example.org', to = 'support@example.com' }: Sent,
): Promise<string> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  try {
    const { response } = await transport.sendMail({ envelope: { from, to: [to] }, raw });
    return response;
  } finally {
    transport.close();
  }
}
