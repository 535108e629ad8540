import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { type ContactView, languages } from '../model/contact.ts';

const consent = z.enum(['granted', 'withdrawn', 'unknown']);
const suppression = z.enum(['bounced', 'complained', 'invalid', 'manual']);

const sums = {
  currency: z.string().length(3).default('RUB'),
  orders: z.int().min(0).default(0),
  ordered: z.number().min(0).default(0),
  paid: z.number().default(0),
};
const money = z.strictObject({
  ...sums,
  average: z.number().min(0).default(0),
  firstOrderAt: z.int().optional(),
  lastOrderAt: z.int().optional(),
  other: z.array(z.strictObject(sums)).default([]),
});

/** What a scenario may say of its contact; the rest is as for somebody who may be written to. */
const ghost = z.strictObject({
  id: z.string().default('contact'),
  email: z.string().optional(),
  phone: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  company: z.string().optional(),
  language: z.enum(languages).default('en'),
  timezone: z.string().optional(),
  owner: z.string().optional(),
  attributes: z.record(z.string(), z.json()).default({}),
  score: z
    .strictObject({
      fit: z.number().default(0),
      engagement: z.number().default(0),
      total: z.number().default(0),
      class: z.enum(['cold', 'warm', 'hot']).default('cold'),
    })
    .prefault({}),
  segments: z.array(z.string()).default([]),
  consent: z.strictObject({ email: consent.default('granted'), sms: consent.default('granted') }).prefault({}),
  suppressed: z.strictObject({ email: suppression.optional(), sms: suppression.optional() }).prefault({}),
  arms: z.record(z.string(), z.string()).default({}),
  money: money.optional(),
});

/** The contact of a scenario, and what is wrong with its description: then it is anybody. */
export function ghostContact(given: JsonObject, createdAt: number): { contact: ContactView; problems: string[] } {
  const parsed = ghost.safeParse(given);
  if (parsed.success) return { contact: { ...parsed.data, createdAt }, problems: [] };
  const problems = parsed.error.issues.map(({ path, message }) => `given.contact.${path.join('.')}: ${message}`);
  return { contact: { ...ghost.parse({}), createdAt }, problems };
}
