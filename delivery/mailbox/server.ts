import { simpleParser } from 'mailparser';
import type { Clock } from '../../config/clock.ts';
import { newId } from '../../store/id.ts';
import type { MailboxDoc } from '../../store/models/mailbox.ts';
import { coalesce } from '../coalesce.ts';
import { type BounceDeps, handleBounce } from '../outbox/bounces.ts';
import { type Envelope, listenForMail, type SmtpListener } from '../smtp/listen.ts';
import { keepMail } from './mailbox.ts';

export interface MailboxServer extends SmtpListener {
  /** Address for the outbox to send to. */
  url: string;
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
  const slot = {
    port,
    host,
    maxBytes: 25 * 1024 * 1024,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 1_000,
    refuse: async (address: string) => (/^bounce@/i.test(address) ? '5.1.1 No such user here (simulated)' : undefined),
    async keep(raw: Buffer, { to }: Envelope) {
      await handleBounce(raw.toString('latin1'), to, deps);
      await keepTogether([await mailOf(raw, to, deps.clock.now())]);
      return undefined;
    },
  };
  const listener = await listenForMail(slot, deps.log);
  return { ...listener, url: `smtp://${host}:${listener.port}` };
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
