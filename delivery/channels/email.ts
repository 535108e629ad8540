import type { Readable } from 'node:stream';
import nodemailer from 'nodemailer';
import type { FileContent, Handover } from './handover.ts';
import { oneBlock } from './mime.ts';
import { classifySmtpError } from './smtp-error.ts';

export interface Mail {
  /** `<…@…>`, the same at every attempt. */
  messageId: string;
  /** Sender as people see it, e.g. `Shop <hello@example.com>`. */
  from: string;
  to: { name: string; address: string };
  /** Envelope sender: where bounces go. */
  returnPath: string;
  subject: string;
  html: string;
  text: string;
  date: Date;
  /** Address for one-click unsubscription (RFC 8058). */
  unsubscribeUrl?: string;
  /** Message-IDs of the conversation, the newest last, and the one that it answers. */
  references?: string[];
  inReplyTo?: string;
  headers?: Record<string, string>;
  files?: FileContent[];
}

export interface Mailer {
  send(mail: Mail): Promise<Handover>;
  close(): void;
}

export interface MailerSettings {
  /** `smtp://` or `smtps://` address of the relay, credentials in it. */
  url: string;
  connections: number;
  /** Longest silence of the relay in milliseconds before an attempt is given up. */
  silence?: number;
}

/** Pooled SMTP that can tell for each attempt whether the relay may have taken the message. */
export function createMailer({ url, connections, silence = 30_000 }: MailerSettings): Mailer {
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: connections,
    // The pool's own second tries cannot be seen from outside; the outbox decides about each.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // A connection that breaks while idle; messages in flight get their own errors.
  transport.on('error', () => undefined);

  const bodies = new Map<string, Readable>();
  transport.use('stream', ({ message, data }, done) => {
    message.createReadStream = () => {
      const body = oneBlock(message);
      bodies.set(String(data.messageId), body);
      return body;
    };
    done();
  });

  return {
    async send(mail) {
      try {
        const info = await transport.sendMail({
          messageId: mail.messageId,
          from: mail.from,
          to: mail.to,
          envelope: { from: mail.returnPath, to: [mail.to.address] },
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          date: mail.date,
          headers: mail.unsubscribeUrl === undefined ? mail.headers : unsubscribeHeaders(mail.unsubscribeUrl),
          ...(mail.references && { references: mail.references, inReplyTo: mail.inReplyTo }),
          ...(mail.files && { attachments: mail.files.map(attachment) }),
        });
        return { outcome: 'sent', providerId: info.response };
      } catch (error) {
        // The body is read only after the relay's go-ahead to DATA: unread means that nothing can have been taken.
        const began = bodies.get(mail.messageId)?.readableDidRead ?? false;
        return classifySmtpError(error, began);
      } finally {
        bodies.delete(mail.messageId);
      }
    },
    close: () => transport.close(),
  };
}

function attachment({ name, type, content }: FileContent) {
  return { filename: name, contentType: type, content, contentTransferEncoding: 'base64' as const };
}

/** RFC 2369 and RFC 8058. */
function unsubscribeHeaders(url: string): Record<string, string> {
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
