import { z } from 'zod';
import { channels, purposes } from '../model/contact.ts';
import { currency, duration, head, identifier, key, language, localTime, weekday, zone } from './common.ts';

/** The company's promise to its contacts: the one arbiter that every message passes. */
export const contactPolicySchema = z.strictObject({
  ...head,
  kind: z.literal('contact-policy'),
  company: z.strictObject({
    name: z.string(),
    timezone: zone,
    language,
    currency: currency
      .default('RUB')
      .describe('Of orders, payments and costs that do not say; sums and reports are in it.'),
    from: z.string().describe('Sender of mails, e.g. `Voronka <hello@example.com>`.'),
    support: z
      .array(z.email())
      .min(1)
      .max(20)
      .optional()
      .describe(
        'Addresses at which mail becomes tickets; replies leave from the first. Default: `support@` the domain of `from`.',
      ),
    address: z.string().optional().describe('Postal address shown in the footer of marketing mails.'),
    details: z
      .record(identifier, z.string())
      .optional()
      .describe('What documents say of the company: tax number, bank account, who signs … (`company.details.taxId`).'),
  }),
  caps: z
    .array(
      z.strictObject({
        channel: z.enum(channels).optional(),
        purpose: z.enum(purposes).default('marketing'),
        max: z.int().min(1),
        per: duration,
      }),
    )
    .describe(
      'At most `max` messages handed over per contact in any sliding `per`; without `channel` or `purpose` it counts all.',
    ),
  quietHours: z
    .strictObject({ from: localTime, to: localTime })
    .optional()
    .describe('No marketing message leaves in these local hours; `from` after `to` spans midnight.'),
  sendWindows: z
    .record(
      key,
      z.strictObject({ days: z.array(weekday).min(1), from: localTime, to: localTime, spread: duration.optional() }),
    )
    .default({})
    .describe('Named windows in which messages may leave; `spread` scatters those that waited for the opening.'),
  unknownZone: z
    .enum(['company', 'hold'])
    .default('company')
    .describe(
      "When neither contact nor definition gives a zone: use the company's, or hold marketing until it is known.",
    ),
  maxDefer: duration.default('P3D').describe('Longest that a message waits for room under a cap.'),
});

export type ContactPolicy = z.infer<typeof contactPolicySchema>;
