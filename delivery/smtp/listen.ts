import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Logger } from '../../config/log.ts';

export interface SmtpListener {
  port: number;
  close(): Promise<void>;
}

/** Who sends a mail and to whom, as its SMTP session says. */
export interface Envelope {
  /** Empty: the null sender of notifications. */
  from: string;
  to: string[];
}

/** What takes mails. */
interface MailSlot extends Pick<SMTPServerOptions, 'disabledCommands' | 'maxClients' | 'closeTimeout'> {
  /** 0: any free port. */
  port: number;
  host: string;
  /** Largest mail. */
  maxBytes: number;
  /** Why no mail is taken for an address; undefined: it is. */
  refuse(address: string): Promise<string | undefined>;
  /** Keeps a mail as it came. @returns what its sender is told, if anything */
  keep(raw: Buffer, envelope: Envelope): Promise<string | undefined>;
}

/**
 * Listens for mails. It answers 250 only when a mail is kept, 550 for addresses that are refused, 552 for mails that are too large,
 * and 451 when something fails, so that the sender comes again.
 * @throws whatever keeps it from the port
 */
export async function listenForMail({ port, host, maxBytes, ...slot }: MailSlot, log: Logger): Promise<SmtpListener> {
  const { refuse, keep, ...options } = slot;
  const unavailable = (error: unknown, done: (error: Error) => void) => {
    log.error({ err: error }, 'a mail could not be kept; its sender tries again');
    done(refusal(451, '4.3.0 The mail cannot be kept now; try again later'));
  };
  const server = new SMTPServer({
    ...options,
    authOptional: true,
    disableReverseLookup: true,
    size: maxBytes,
    onRcptTo({ address }, _session, done) {
      refuse(address).then(
        (why) => done(why === undefined ? undefined : refusal(550, why)),
        (error) => unavailable(error, done),
      );
    },
    onData(stream, { envelope: { mailFrom, rcptTo } }, done) {
      let chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        if (stream.sizeExceeded) chunks = [];
        else chunks.push(chunk);
      });
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(refusal(552, tooLarge(maxBytes)));
        const envelope = { from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address) };
        keep(Buffer.concat(chunks), envelope).then(
          (answer) => done(null, answer),
          (error) => unavailable(error, done),
        );
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // Clients that break off have not got their 250 and come again.
  server.removeAllListeners('error').on('error', (error) => log.debug({ err: error }, 'a client broke off'));
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function tooLarge(maxBytes: number): string {
  return `5.3.4 The mail is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB; send large files as links`;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
