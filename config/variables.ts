import { z } from 'zod';
import { parseWebhook, type WebhookSource } from './webhooks.ts';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
const url = (protocol: RegExp, example: string) =>
  z.string({ error: `is required, e.g. ${example}` }).refine((text) => URL.canParse(text) && protocol.test(text), {
    error: `must be an address such as ${example}`,
  });
const port = z.coerce.number({ error: 'must be a port number' }).int('must be a whole number').min(1).max(65_535);
const provided = (example: string) =>
  z.string({ error: `is required here, e.g. ${example}` }).min(1, `is required here, e.g. ${example}`);

/** Every environment variable that Voronka reads, as text, with its default. `.env.example` explains each. */
export const variables = z.object({
  TEMPORAL_ADDRESS: z
    .string({ error: 'is required, e.g. 127.0.0.1:7233' })
    .regex(/^[^\s:/]+:\d+$/, 'must be host:port without a scheme, e.g. 127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  VORONKA_TASK_QUEUE: z.string().min(1).default('voronka'),
  MONGODB_URI: z
    .string({ error: 'is required, e.g. mongodb://127.0.0.1:27017/voronka' })
    // Not a WHATWG address: a replica set's has several hosts.
    .regex(
      /^mongodb(\+srv)?:\/\/[^/]+\/[^/?]+(\?.*)?$/,
      'must name a database, e.g. mongodb://127.0.0.1:27017/voronka',
    ),
  REDIS_URL: url(/^rediss?:\/\//, 'redis://127.0.0.1:6379'),
  VORONKA_REDIS_PREFIX: z
    .string()
    .regex(/^[^{}\s]+$/, 'must be text without braces or spaces, e.g. voronka')
    .default('voronka'),
  SMTP_URL: url(/^smtps?:\/\//, 'smtp://user:password@relay.example.com:587').optional(),
  SMTP_POOL: z.coerce.number({ error: 'must be a number of connections' }).int().min(1).max(100).default(5),
  SMS_PROVIDER: z.enum(['none', 'smsru', 'twilio'], { error: 'must be none, smsru or twilio' }).default('none'),
  SMSRU_API_ID: provided('the api_id of your SMS.RU account').optional(),
  TWILIO_ACCOUNT_SID: provided('AC… from the Twilio console').optional(),
  TWILIO_AUTH_TOKEN: provided('the token from the Twilio console').optional(),
  SMS_FROM: provided('a sender name or number that the provider has approved').optional(),
  PORT: port.default(3000),
  PUBLIC_URL: url(/^https?:\/\//, 'https://crm.example.com').optional(),
  VORONKA_API_KEYS: list
    .default([])
    .refine((keys) => keys.every((key) => key.length >= 16), 'must hold keys of at least 16 characters'),
  VORONKA_SECRET: z
    .string({ error: 'is required: at least 32 random characters, e.g. from `openssl rand -hex 32`' })
    .min(32, 'must have at least 32 characters, e.g. from `openssl rand -hex 32`'),
  VORONKA_TIME_SCALE: z.coerce
    .number({ error: 'must be a number of virtual seconds per real second' })
    .positive('must be above 0')
    .max(1_000_000)
    .default(1),
  VORONKA_DATA: z.string().min(1).default('.data'),
  VORONKA_RETENTION_DAYS: z.coerce
    .number({ error: 'must be a number of days' })
    .int('must be a whole number')
    .min(1)
    .max(36_500)
    .default(90),
  VORONKA_HTTP_ALLOW: list.default([]),
  WEBHOOKS: list.default([]).transform((entries, context): WebhookSource[] =>
    entries.flatMap((entry) => {
      const source = parseWebhook(entry);
      if (typeof source !== 'string') return [source];
      context.addIssue({ code: 'custom', message: source });
      return [];
    }),
  ),
  MAILBOX_SMTP_PORT: port.default(2525),
  INBOUND_SMTP_PORT: port.default(2526),
  INBOUND_SMTP_HOST: z.string().min(1).default('127.0.0.1'),
  INBOUND_MAIL_LIMIT_MB: z.coerce
    .number({ error: 'must be a number of megabytes' })
    .int('must be a whole number')
    .min(1)
    .max(200)
    .default(25),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
});

export type Variables = z.infer<typeof variables>;
