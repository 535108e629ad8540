import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export interface ReceivedMail {
  /** Envelope, as opposed to headers. */
  from: string;
  to: string[];
  /** The message as it came. */
  raw: string;
  parsed: ParsedMail;
}

export interface SmtpSink {
  url: string;
  mails: ReceivedMail[];
  /** Answers the next mails to this address with an SMTP error, e.g. 550 or 451. */
  refuse(address: string, code: number, message?: string): void;
  accept(address: string): void;
  close(): Promise<void>;
}

/** A real SMTP server on a free port that keeps what it gets, in order of arrival. */
export async function smtpSink(): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const refusals = new Map<string, { code: number; message: string }>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const refusal = refusals.get(address);
      done(refusal && Object.assign(new Error(refusal.message), { responseCode: refusal.code }));
    },
    onData(stream, session, done) {
      keep(stream, session, mails).then(() => done(), done);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // Clients that break off are what tests are about, not errors of the sink.
  server.on('error', () => undefined);
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse: (address, code, message = 'refused by the test') => void refusals.set(address, { code, message }),
    accept: (address) => void refusals.delete(address),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function keep(stream: SMTPServerDataStream, session: SMTPServerSession, mails: ReceivedMail[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const raw = Buffer.concat(chunks).toString('utf8');
  const { mailFrom, rcptTo } = session.envelope;
  mails.push({
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    raw,
    parsed: await simpleParser(raw),
  });
}
