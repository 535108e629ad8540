import { z } from 'zod';
import { email, phone } from '../../delivery/intake/items.ts';
import { clockChanges, clockStatuses } from '../../engine/model/clock.ts';
import { ticketChannels, ticketPriorities, ticketStatuses } from '../../engine/model/ticket.ts';
import { key } from '../../engine/schema/common.ts';
import { slaTargets } from '../../engine/schema/sla.ts';
import { contactAnswer, definitionRef, fileAnswer, pageOf, pageQuery, time } from '../shapes.ts';

/** Shapes of tickets in the API. Who acts is named by the header `X-Voronka-User`. */

const status = z.enum(ticketStatuses);
const priority = z.enum(ticketPriorities);
const target = z.enum(slaTargets);

const clockAnswer = z.object({
  target,
  n: z.number().describe("1, 2, … among the ticket's clocks of this target"),
  status: z.enum(clockStatuses),
  startedAt: time,
  goal: z.number().describe('promised open time, milliseconds'),
  consumed: z.number().describe('open time that had passed at `since`, milliseconds'),
  since: time.optional().describe('from when it runs on; absent while it stands'),
  due: time.optional().describe('absent while it stands'),
  breachedAt: time.optional(),
  stoppedAt: time.optional(),
});

export const ticketAnswer = z.object({
  id: z.string(),
  number: z.number().describe('what people say, and mail subjects carry as [#12]'),
  subject: z.string(),
  status,
  priority,
  channel: z.enum(ticketChannels),
  contactId: z.string(),
  topic: z.string().optional(),
  team: z.string().optional(),
  assignee: z.string().optional().describe('key of a user'),
  accepted: z.boolean().describe('whether the assignee has taken it on'),
  dealId: z.string().optional(),
  tags: z.array(z.string()),
  reopened: z.number(),
  messages: z.number(),
  mergedInto: z.string().optional(),
  followsUp: z.string().optional(),
  createdAt: time,
  updatedAt: time,
  lastCustomerAt: time.optional(),
  lastAgentAt: time.optional(),
  resolvedAt: time.optional(),
  closedAt: time.optional(),
  satisfaction: z.object({ mark: z.number(), comment: z.string().optional(), at: time }).optional(),
  due: time.optional().describe('the next promise that can still be kept'),
  breached: z.boolean(),
  clocks: z.array(clockAnswer).describe('those that run or stand'),
});

/** In the list: with the name by which the contact is known. */
export const ticketLine = ticketAnswer.extend({ contactName: z.string().optional() });

export const messageAnswer = z.object({
  id: z.string(),
  kind: z.enum(['customer', 'agent', 'note', 'system']).describe('`note` is internal, the others are public'),
  channel: z.enum(ticketChannels),
  by: z.string().describe('customer, api, system, user:<key> or instance:<id>'),
  text: z.string(),
  quoted: z.string().optional(),
  auto: z.boolean().optional().describe('an autoreply'),
  attachments: z.array(fileAnswer),
  articles: z.array(z.string()),
  delivery: z.string().optional().describe('status of the outgoing message'),
  at: time,
});

export const conversation = pageOf(messageAnswer);

export const ticketCard = ticketAnswer.extend({
  contact: contactAnswer,
  assignments: z.array(z.object({ user: z.string(), at: time, by: z.string() })),
  allClocks: z.array(clockAnswer),
  conversation: conversation.describe('the latest entries, newest first'),
});

export const slaAnswer = z.object({
  policy: definitionRef.optional().describe('absent: none matches'),
  clocks: z.array(clockAnswer),
  ledger: z
    .array(
      z.object({
        at: time,
        target,
        n: z.number(),
        change: z.enum(clockChanges),
        why: z.string(),
        by: z.string().optional(),
        consumed: z.number(),
        goal: z.number(),
        due: time.optional(),
        policy: z.string(),
        calendar: z.string().optional(),
        escalation: z.string().optional(),
      }),
    )
    .describe('why each clock began, stood, went on, was recalculated or stopped; oldest first'),
  derivation: z
    .array(
      z.object({
        target,
        n: z.number(),
        due: time.optional(),
        lines: z.array(
          z.object({
            from: time,
            to: time.optional().describe('absent: until now'),
            change: z.enum(clockChanges),
            why: z.string(),
            by: z.string().optional(),
            status: z.enum(clockStatuses),
            before: z.number().describe('open milliseconds that had passed at `from`'),
            counted: z.number().describe('open milliseconds that passed until `to`'),
            goal: z.number(),
            due: time.optional(),
            policy: z.string().describe('key@version'),
            calendar: z.string().optional(),
            escalation: z.string().optional(),
          }),
        ),
      }),
    )
    .describe('how each due time comes about, clock by clock'),
});

export const ticketAccepted = z.object({ id: z.string().describe('to be asked for at /api/intake/{id}') });

export const ticketQuery = pageQuery.extend({
  status: z
    .string()
    .optional()
    .describe('one or several, joined by commas; `active` stands for all but resolved and closed')
    .transform((text, context) => statusesOf(text, context)),
  assignee: z
    .union([key, z.literal('')])
    .optional()
    .describe('key of a user; empty: nobody'),
  team: z.union([key, z.literal('')]).optional(),
  topic: z.union([key, z.literal('')]).optional(),
  priority: priority.optional(),
  contact: z.string().max(64).optional(),
  breached: z.stringbool().optional(),
  dueWithin: z.coerce.number().int().min(1).max(43_200).optional().describe('minutes: due so soon, not breached yet'),
  search: z.string().max(200).optional().describe('beginnings of words of the subject, the contact, or the number'),
  sort: z.enum(['updated', 'due']).default('updated').describe('`due`: open tickets, the most pressing first'),
});

function statusesOf(text: string | undefined, context: z.RefinementCtx): (typeof ticketStatuses)[number][] | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === 'active') return ['new', 'open', 'waiting', 'on-hold'];
  const parsed = z.array(status).safeParse(text.split(','));
  if (parsed.success) return parsed.data;
  context.addIssue(`use ${ticketStatuses.join(', ')} or active`);
  return z.NEVER;
}

const classification = {
  priority: priority.optional(),
  topic: key.nullable().optional(),
  team: key.nullable().optional(),
  assignee: key.nullable().optional().describe('key of a user; null takes it from them'),
  tags: z.array(key).max(50).optional(),
  dealId: z.string().max(64).nullable().optional(),
};

export const openTicket = z
  .strictObject({
    contactId: z.string().max(64).optional(),
    email: email.optional(),
    phone: phone.optional(),
    firstName: z.string().max(200).optional(),
    lastName: z.string().max(200).optional(),
    subject: z.string().min(1).max(500),
    text: z.string().max(200_000),
    channel: z.enum(ticketChannels).default('api'),
    ...classification,
  })
  .refine(
    ({ contactId, email, phone }) => contactId !== undefined || email !== undefined || phone !== undefined,
    'give a contactId, an email or a phone',
  );

export const publicReply = z.strictObject({
  text: z.string().min(1).max(200_000),
  status: status.optional().describe('set in the same breath; without it the ticket is open'),
  articles: z.array(key).max(20).default([]).describe('articles of the knowledge base that were put into it'),
  attachments: z.array(fileAnswer).max(20).default([]).describe('answers of POST /api/files'),
});

export const internalNote = z.strictObject({ text: z.string().min(1).max(200_000) });

export const ticketChange = z.strictObject({
  status: status.optional(),
  subject: z.string().min(1).max(500).optional(),
  ...classification,
  why: z.string().max(500).optional(),
});

export const ticketMerge = z.strictObject({ into: z.string().min(1).max(64).describe('id of the ticket that stays') });
