import { isAbsolute, join } from 'node:path';
import { VoronkaError } from '../engine/errors/error.ts';
import { packageRoot } from './root.ts';
import { type Variables, variables } from './variables.ts';
import type { WebhookSource } from './webhooks.ts';

/** How SMS leave; `none` puts them into the built-in mailbox. */
export type SmsConfig =
  | { provider: 'none' }
  | { provider: 'smsru'; apiId: string; from?: string }
  | { provider: 'twilio'; accountSid: string; authToken: string; from: string };

/** Everything that differs between installations, parsed once at the start of a process and handed on. */
export interface Config {
  temporal: { address: string; namespace: string; taskQueue: string };
  mongodbUri: string;
  /** `prefix` goes before every key, so that installations can share one Redis. */
  redis: { url: string; prefix: string };
  /** Without `smtpUrl` mail goes to the built-in mailbox. */
  mail: { smtpUrl?: string; connections: number };
  sms: SmsConfig;
  /** `publicUrl` has no slash at its end; links in messages begin with it. */
  http: { port: number; publicUrl: string };
  apiKeys: readonly string[];
  /** Signs links and tracking ids. */
  secret: string;
  /** Virtual seconds per real second. */
  timeScale: number;
  /** Absolute path of the data folder. */
  dataFolder: string;
  /** Days for which is kept what nothing needs any more. */
  retentionDays: number;
  /** Hosts that the http-request step may call although they are not public. */
  httpAllowedHosts: readonly string[];
  mailboxSmtpPort: number;
  /** The listener for support addresses. */
  inbound: { port: number; host: string; maxBytes: number };
  /** Messengers and telephone systems that may call us. */
  webhooks: readonly WebhookSource[];
  logLevel: Variables['LOG_LEVEL'];
}

/**
 * Reads the configuration from the environment. An empty variable counts as absent.
 * @throws VoronkaError CONFIG_INVALID naming every wrong variable and what it should hold.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw invalid(parsed.error.issues.map((issue) => ({ variable: issue.path.join('.'), message: issue.message })));
  }
  const from = parsed.data;
  return {
    temporal: {
      address: from.TEMPORAL_ADDRESS,
      namespace: from.TEMPORAL_NAMESPACE,
      taskQueue: from.VORONKA_TASK_QUEUE,
    },
    mongodbUri: from.MONGODB_URI,
    redis: { url: from.REDIS_URL, prefix: from.VORONKA_REDIS_PREFIX },
    mail: { ...(from.SMTP_URL && { smtpUrl: from.SMTP_URL }), connections: from.SMTP_POOL },
    sms: smsConfig(from),
    http: { port: from.PORT, publicUrl: (from.PUBLIC_URL ?? `http://localhost:${from.PORT}`).replace(/\/+$/, '') },
    apiKeys: from.VORONKA_API_KEYS,
    secret: from.VORONKA_SECRET,
    timeScale: from.VORONKA_TIME_SCALE,
    dataFolder: isAbsolute(from.VORONKA_DATA) ? from.VORONKA_DATA : join(packageRoot, from.VORONKA_DATA),
    retentionDays: from.VORONKA_RETENTION_DAYS,
    httpAllowedHosts: from.VORONKA_HTTP_ALLOW,
    mailboxSmtpPort: from.MAILBOX_SMTP_PORT,
    inbound: {
      port: from.INBOUND_SMTP_PORT,
      host: from.INBOUND_SMTP_HOST,
      maxBytes: from.INBOUND_MAIL_LIMIT_MB * 1024 * 1024,
    },
    webhooks: from.WEBHOOKS,
    logLevel: from.LOG_LEVEL,
  };
}

function smsConfig(from: Variables): SmsConfig {
  const missing = (variable: string) =>
    invalid([{ variable, message: `is required with SMS_PROVIDER=${from.SMS_PROVIDER}` }]);
  if (from.SMS_PROVIDER === 'smsru') {
    if (from.SMSRU_API_ID === undefined) throw missing('SMSRU_API_ID');
    return { provider: 'smsru', apiId: from.SMSRU_API_ID, ...(from.SMS_FROM && { from: from.SMS_FROM }) };
  }
  if (from.SMS_PROVIDER === 'twilio') {
    if (from.TWILIO_ACCOUNT_SID === undefined) throw missing('TWILIO_ACCOUNT_SID');
    if (from.TWILIO_AUTH_TOKEN === undefined) throw missing('TWILIO_AUTH_TOKEN');
    if (from.SMS_FROM === undefined) throw missing('SMS_FROM');
    return {
      provider: 'twilio',
      accountSid: from.TWILIO_ACCOUNT_SID,
      authToken: from.TWILIO_AUTH_TOKEN,
      from: from.SMS_FROM,
    };
  }
  return { provider: 'none' };
}

function invalid(problems: readonly { variable: string; message: string }[]): VoronkaError {
  const lines = problems.map(({ variable, message }) => `  ${variable} ${message}`);
  return new VoronkaError(
    'CONFIG_INVALID',
    `The environment is not right:\n${lines.join('\n')}\nEach variable is explained in .env.example.`,
    { problems: problems.map(({ variable, message }) => ({ path: variable, code: 'CONFIG_INVALID', message })) },
  );
}
