import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Clock } from '../../config/clock.ts';
import { newId } from '../../store/id.ts';
import type { MailboxDoc } from '../../store/models/mailbox.ts';
import { coalesce } from '../coalesce.ts';
import { type BounceDeps, handleBounce } from '../outbox/bounces.ts';
import { keepMail } from './mailbox.ts';

export interface MailboxServer {
  /** Address for the outbox to send to. */
  url: string;
  port: number;
  close(): Promise<void>;
}

export interface MailboxServerSettings {
  /** 0: any free port. */
  port: number;
  host?: string;
}

/** Where the outbox asks for bounces when the built-in mailbox is its relay. */
export const bounceMailbox = 'bounces@voronka.localhost';

/**
 * An SMTP server that keeps every mail for the studio, as Mailpit does. Mail to `bounce@…` is refused as if the address
 * did not exist; delivery status notifications to the return path become bounces.
 */
export async function startMailbox(
  { port, host = '127.0.0.1' }: MailboxServerSettings,
  deps: BounceDeps & { clock: Clock },
): Promise<MailboxServer> {
  const keepTogether = coalesce(keepMail, 5);
  const receive = async (raw: Buffer, session: SMTPServerSession) => {
    const to = session.envelope.rcptTo.map(({ address }) => address);
    await handleBounce(raw.toString('latin1'), to, deps);
    await keepTogether([await mailOf(raw, to, deps.clock.now())]);
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: 25 * 1024 * 1024,
    closeTimeout: 1_000,
    onRcptTo({ address }, _session, done) {
      done(/^bounce@/i.test(address) ? refusal(550, '5.1.1 No such user here (simulated)') : undefined);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(refusal(552, '5.3.4 The mail is too large'));
        receive(Buffer.concat(chunks), session).then(
          () => done(),
          (error) => {
            deps.log.error({ err: error }, 'the mailbox could not keep a mail');
            done(refusal(451, '4.3.0 The mail could not be kept'));
          },
        );
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // Clients that break off concern nobody here.
  server
    .removeAllListeners('error')
    .on('error', (error) => deps.log.debug({ err: error }, 'a mailbox client broke off'));
  const bound = (server.server.address() as AddressInfo).port;
  return {
    url: `smtp://${host}:${bound}`,
    port: bound,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function mailOf(raw: Buffer, to: string[], receivedAt: number): Promise<MailboxDoc> {
  const mail = await simpleParser(raw);
  return {
    _id: newId(),
    kind: 'email',
    from: mail.from?.text ?? '',
    to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    ...(typeof mail.html === 'string' && { html: mail.html }),
    source: raw.toString('utf8'),
    ...(mail.messageId !== undefined && { messageId: mail.messageId }),
    receivedAt: new Date(receivedAt),
  };
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
