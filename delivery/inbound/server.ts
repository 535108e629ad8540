import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { supportAddresses } from '../../engine/policy/support.ts';
import { type InboundDeps, receiveMail } from './receive.ts';

export interface InboundServer {
  port: number;
  close(): Promise<void>;
}

export interface InboundSettings {
  /** 0: any free port. */
  port: number;
  host: string;
  /** Largest mail. */
  maxBytes: number;
}

/**
 * The SMTP server for the support addresses. It answers 250 only when a mail and what follows from it are stored, 451 when
 * the store does not take it, 550 for other addresses. A mail relay stands before it, which speaks TLS and knows spam.
 */
export async function startInbound(
  { port, host, maxBytes }: InboundSettings,
  deps: InboundDeps,
): Promise<InboundServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: maxBytes,
    // Each holds the mail that it sends in memory.
    maxClients: 20,
    closeTimeout: 5_000,
    onRcptTo({ address }, _session, done) {
      isSupport(address, deps).then(
        (known) => done(known ? undefined : refusal(550, `5.1.1 ${address} takes no mail here`)),
        (error) => unavailable(error, done),
      );
    },
    onData(stream, { envelope }, done) {
      let chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        if (stream.sizeExceeded) chunks = [];
        else chunks.push(chunk);
      });
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(refusal(552, tooLarge(maxBytes)));
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        receiveMail(Buffer.concat(chunks), { from, to }, deps).then(
          ({ _id, verdict }) => done(null, `2.6.0 kept as ${_id} (${verdict})`),
          (error) => unavailable(error, done),
        );
      });
    },
  });
  const unavailable = (error: unknown, done: (error: Error) => void) => {
    deps.log.error({ err: error }, 'a mail could not be kept; its sender tries again');
    done(refusal(451, '4.3.0 The mail cannot be kept now; try again later'));
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // Clients that break off have not got their 250 and come again.
  server
    .removeAllListeners('error')
    .on('error', (error) => deps.log.debug({ err: error }, 'a client of the inbound listener broke off'));
  const bound = (server.server.address() as AddressInfo).port;
  return { port: bound, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Tags count as the address itself: bounces come to `support+…@`. */
async function isSupport(address: string, { policy }: InboundDeps): Promise<boolean> {
  const { company } = await policy();
  return supportAddresses(company).includes(address.toLowerCase().replace(/\+[^@]*(?=@)/, ''));
}

function tooLarge(maxBytes: number): string {
  return `5.3.4 The mail is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB; send large files as links`;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
