import { z } from 'zod';
import { surveyKinds } from '../../../engine/model/survey.ts';
import { ticketChannels, ticketPriorities, ticketStatuses } from '../../../engine/model/ticket.ts';
import { key } from '../../../engine/schema/common.ts';
import { actor } from '../actor.ts';

const ticketActor = z.union([z.literal('customer'), actor]);

const attachment = z.strictObject({ file: z.string(), name: z.string(), type: z.string(), size: z.int().min(0) });

/** Something that was said. `messageId`: `Message-ID`, or `provider:id`; a message whose id is known changes nothing. */
const message = z.strictObject({
  text: z.string().max(200_000),
  quoted: z.string().max(500_000).optional(),
  attachments: z.array(attachment).max(50).default([]),
  messageId: z.string().max(998).optional(),
  articles: z.array(key).max(20).default([]),
  auto: z.boolean().default(false),
});

/** `null` clears. */
const fields = z.strictObject({
  status: z.enum(ticketStatuses).optional(),
  priority: z.enum(ticketPriorities).optional(),
  topic: key.nullable().optional(),
  team: key.nullable().optional(),
  assignee: key.nullable().optional(),
  tags: z.array(key).max(50).optional(),
  subject: z.string().min(1).max(500).optional(),
  dealId: z.string().max(64).nullable().optional(),
});
export type TicketChange = z.infer<typeof fields>;

const known = { ticketId: z.string().max(64), by: ticketActor };

/**
 * What is done to a ticket. `from-customer` finds its ticket by `ticketId`, else by one of `references`, else by its `chat`, else by `number`
 * (when the writer takes part in that ticket), and else opens a new one for the contact; a message to a closed ticket opens
 * a follow-up; one to a merged ticket goes to the one it was merged into; one to a resolved or waiting ticket reopens it, unless it is `auto`.
 * An `auto` message never opens a ticket. `open` always opens one. `email`, `phone` and `contactId` say whose it is.
 */
export const ticketBody = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.enum(['open', 'from-customer']),
    by: ticketActor.default('customer'),
    contactId: z.string().max(64).optional(),
    email: z.string().max(254).optional(),
    phone: z.string().max(40).optional(),
    firstName: z.string().max(200).optional(),
    lastName: z.string().max(200).optional(),
    channel: z.enum(ticketChannels),
    subject: z.string().max(500),
    message,
    ticketId: z.string().max(64).optional(),
    number: z.int().min(1).optional(),
    references: z.array(z.string().max(998)).max(100).default([]),
    /** Chat of a messenger or line of a telephone, `source:id`. */
    chat: z.string().max(200).optional(),
    /** Attributes of a contact that is not known yet. */
    attributes: z.record(z.string().max(64), z.string().max(200)).optional(),
    /** Fields of a new ticket. */
    set: fields.omit({ status: true, subject: true }).prefault({}),
    occurredAt: z.int().optional(),
  }),
  /** A public reply (`user:` answers, others only notify) or, with `internal`, a note. `status`: set in the same breath. */
  z.strictObject({
    ...known,
    do: z.literal('say'),
    message,
    internal: z.boolean().default(false),
    status: z.enum(ticketStatuses).optional(),
    /** Key of the outbox message that carries it. */
    outbox: z.string().optional(),
  }),
  z.strictObject({ ...known, do: z.literal('change'), set: fields, why: z.string().max(500).optional() }),
  z.strictObject({ ...known, do: z.literal('accept') }),
  z.strictObject({ ...known, do: z.literal('merge'), into: z.string().max(64) }),
  z.strictObject({ ...known, do: z.literal('review'), why: z.string().max(200) }),
  z.strictObject({
    ...known,
    do: z.literal('rate'),
    survey: z.enum(surveyKinds),
    /** Effect key of the message that asked. */
    of: z.string().optional(),
    mark: z.int().min(0).max(10),
    comment: z.string().max(5_000).optional(),
  }),
]);
export type TicketBody = z.infer<typeof ticketBody>;
