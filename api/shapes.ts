import { z } from 'zod';
import { json } from '../delivery/intake/json.ts';
import { languages } from '../engine/model/contact.ts';
import { key, localized } from '../engine/schema/common.ts';
import { definitionKinds } from '../store/models/definition.ts';

/** Shapes that several routes share. Times in answers are ISO 8601 in UTC. */
export const time = z.iso.datetime().describe('ISO 8601, UTC');
export const jsonObject = z.record(z.string(), json);

export const idParams = z.object({ id: z.string().min(1).max(200) });
export const keyParams = z.object({ key });

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(600).optional().describe('`next` of the page before'),
});

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().optional().describe('cursor of the next page') });
}

/** A kept file, as messages name it. */
export const fileAnswer = z.object({ file: z.string(), name: z.string(), type: z.string(), size: z.number() });

export const accepted = z.object({ id: z.string().describe('to be asked for at /api/intake/{id}') });

const consent = z.enum(['granted', 'withdrawn', 'unknown']);

const currencySums = z.object({
  currency: z.string(),
  orders: z.number().describe('without cancelled ones'),
  ordered: z.number(),
  paid: z.number().describe('less what was given back'),
});
const moneyAnswer = currencySums.extend({
  average: z.number().describe('average check: ordered by orders'),
  firstOrderAt: time.optional(),
  lastOrderAt: time.optional(),
  other: z.array(currencySums).describe("in other currencies than the company's"),
});

export const contactAnswer = z.object({
  id: z.string(),
  email: z.string().optional(),
  phone: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  company: z.string().optional(),
  language: z.enum(languages),
  timezone: z.string().optional(),
  owner: z.string().optional(),
  attributes: jsonObject,
  score: z.object({
    fit: z.number(),
    engagement: z.number(),
    total: z.number(),
    class: z.enum(['cold', 'warm', 'hot']),
  }),
  segments: z.array(z.string()),
  consent: z.object({ email: consent, sms: consent }),
  suppressed: z.object({ email: z.string().optional(), sms: z.string().optional() }),
  money: moneyAnswer.optional().describe('absent: neither ordered nor paid'),
  createdAt: time,
  updatedAt: time,
});

export const definitionRef = z.object({
  key: z.string(),
  version: z.number(),
  hash: z.string(),
  part: z.string().optional().describe('the steps inside it that run, such as `escalation:<id>` or `route`'),
});

export const instanceAnswer = z.object({
  id: z.string(),
  process: z.string(),
  definition: definitionRef,
  contactId: z.string(),
  status: z.enum(['starting', 'running', 'paused', 'ended']),
  at: z.array(z.string()).describe('steps at which it stands'),
  deadline: time.optional(),
  incidents: z.array(
    z.object({ step: z.string(), token: z.number(), code: z.string(), message: z.string(), at: time }),
  ),
  trigger: jsonObject,
  vars: jsonObject,
  outcome: z.string().optional(),
  startedAt: time,
  endedAt: time.optional(),
  updatedAt: time,
});

export const timelineEntry = z.object({
  n: z.number(),
  at: time,
  kind: z.string(),
  step: z.string().optional(),
  visit: z.number().optional(),
  detail: jsonObject.optional(),
});

export const localizedText = localized;

export const definitionKind = z.enum(definitionKinds);

export const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  cure: z.string(),
  instance: z.string().describe('request id'),
  problems: z
    .array(z.object({ path: z.string(), code: z.string(), message: z.string(), suggestion: z.string().optional() }))
    .optional(),
  details: jsonObject.optional().describe('of GUARD_NOT_MET: `refused`, every guard with what it misses'),
});
