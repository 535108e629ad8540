import { z } from 'zod';
import { emailKey, phoneKey } from '../../engine/contacts/normalise.ts';
import { channels } from '../../engine/model/contact.ts';
import { eventName, key, language, zone } from '../../engine/schema/common.ts';
import type { IntakeDoc, IntakeItem, IntakeKind } from '../../store/models/intake.ts';
import { approvalBody, documentBody } from './approvals/body.ts';
import { dealBody } from './deals/body.ts';
import { json } from './json.ts';
import { taskBody } from './tasks/body.ts';
import { ticketBody } from './tickets/body.ts';

/**
 * What the intake applies: everything that changes a contact or starts an instance is one of these items. The intake is
 * the only writer of contacts (field by field), events, the score ledger and new instances.
 *
 * | kind | becomes the domain event |
 * |---|---|
 * | lead | `lead.created`; with `form` the form's own event, and `lead.created` only for somebody who was not known |
 * | event | the event itself |
 * | enrol | `process.enrolled`, seen by the process that it names and by no other trigger |
 * | change | `contact.changed`, when a value really changes |
 * | score | `score.adjusted` |
 * | segment | `segment.entered` or `segment.left`, when the membership really changes |
 * | consent | `contact.subscribed` or `contact.unsubscribed` |
 * | suppression | `contact.suppressed` or `contact.unsuppressed` |
 * | unmerge | `contact.unmerged` of the survivor |
 * | review | nothing of its own: score and segments are looked at again because time has passed |
 * | ticket | the `ticket.*` events of engine/model/ticket.ts |
 * | deal | the `deal.*` events of engine/model/deal.ts |
 * | task | the `task.*` events of engine/model/task.ts |
 * | approval | the `approval.*` events of engine/approval/command.ts |
 * | document | `document.issued`, `document.voided` or `document.superseded`, and what follows for approvals of it |
 * | steps | the event that it names; the steps of the definition's part begin with it as their trigger |
 *
 * What follows from an item is applied in the same pass as events of their own: `contact.created`, `contact.changed`
 * `{changes: [{field, from, to}]}` (field without `contact.`), `contact.merged` `{merged}`, `score.class-changed`
 * `{from, to, total}`, `segment.entered`/`segment.left` `{segment}`, `entry.refused` `{process, reason, event}`.
 */

export const email: z.ZodType<string, string> = z
  .string()
  .max(254)
  .refine((text) => emailKey(text) !== null, 'write an address such as "anna@example.com"');
export const phone: z.ZodType<string, string> = z
  .string()
  .max(40)
  .refine((text) => phoneKey(text) !== null, 'write a number such as "+7 912 345-67-89"');

const attributes = z.record(
  z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9_]*$/)
    .max(64),
  json,
);

/** Standard fields that anybody may set; `null` clears. */
export const contactFields = z.strictObject({
  email: email.nullable().optional(),
  phone: phone.nullable().optional(),
  firstName: z.string().max(200).nullable().optional(),
  lastName: z.string().max(200).nullable().optional(),
  company: z.string().max(200).nullable().optional(),
  language: language.optional(),
  timezone: zone.nullable().optional(),
  owner: key.nullable().optional(),
  attributes: attributes.optional(),
});
export type ContactFields = z.infer<typeof contactFields>;

const consentValue = z.enum(['granted', 'withdrawn']);
/** Marketing consent by channel, as the contact gave it. */
const consentByChannel = z.partialRecord(z.enum(channels), consentValue);

/** Whom an item is about: an id, or keys by which the contact is found or made. */
const who = { contactId: z.string().max(64).optional(), email: email.optional(), phone: phone.optional() };

export const leadBody = z.strictObject({
  ...contactFields.shape,
  email: email.optional(),
  phone: phone.optional(),
  consent: consentByChannel.optional(),
  /** The consent's wording and where it was given, kept in the consent ledger. */
  consentText: z.partialRecord(z.enum(channels), z.string()).optional(),
  /** What a known contact's fields that already have a value get. */
  duplicates: z.enum(['fill-empty', 'overwrite']).default('fill-empty'),
  /** Key of the form, and the name of the event that its submission makes. */
  form: z.strictObject({ key, event: eventName }).optional(),
  /** Data of the event. */
  data: z.record(z.string(), json).default({}),
});

export const eventBody = z.strictObject({
  ...who,
  event: eventName,
  data: z.record(z.string(), json).default({}),
  /** Epoch ms; later than five minutes from now counts as now. */
  occurredAt: z.int().optional(),
  /** Effect key of the message that the event is about. */
  message: z.string().optional(),
  /** Field changes that come with the event. */
  contact: contactFields.omit({ email: true, phone: true }).optional(),
});

const enrolBody = z.strictObject({
  process: key,
  contactId: z.string(),
  data: z.record(z.string(), json).default({}),
  /** Instance, user or `api`. */
  by: z.string(),
  /** For a process whose subject is a ticket. */
  ticketId: z.string().max(64).optional(),
  /** For one whose subject is a deal. */
  dealId: z.string().max(64).optional(),
});

/** `set` keys: a standard field or `attributes.<name>`, with or without a leading `contact.`; `null` clears. */
const changeBody = z.strictObject({
  contactId: z.string(),
  set: z.record(z.string(), json),
  by: z.string(),
});

const scoreBody = z.strictObject({
  contactId: z.string(),
  axis: z.enum(['fit', 'engagement']),
  points: z.number(),
  reason: z.string(),
});

const segmentBody = z.strictObject({ contactId: z.string(), segment: key, change: z.enum(['add', 'remove']) });

const consentBody = z.strictObject({
  contactId: z.string(),
  channel: z.enum(channels),
  value: consentValue,
  /** How it came: `unsubscribe link`, `one-click`, `person:<user>` … */
  by: z.string(),
  text: z.string().optional(),
  message: z.string().optional(),
});

const suppressionBody = z.strictObject({
  contactId: z.string(),
  channel: z.enum(channels),
  /** `null` lifts it. */
  reason: z.enum(['bounced', 'complained', 'invalid', 'manual']).nullable(),
  by: z.string(),
  message: z.string().optional(),
});

/** Parts a contact from one that was merged into it. */
const unmergeBody = z.strictObject({ contactId: z.string(), absorbed: z.string(), by: z.string() });

const reviewBody = z.strictObject({ contactId: z.string() });

const stepsBody = z.strictObject({
  contactId: z.string(),
  subject: z.strictObject({ kind: z.enum(['contact', 'deal', 'ticket']), id: z.string(), contactId: z.string() }),
  definition: z.strictObject({ key: z.string(), version: z.int(), hash: z.string(), part: z.string() }),
  event: eventName,
  data: z.record(z.string(), json),
  /** Epoch ms. */
  occurredAt: z.int(),
});

export const bodies = {
  lead: leadBody,
  event: eventBody,
  enrol: enrolBody,
  change: changeBody,
  score: scoreBody,
  segment: segmentBody,
  consent: consentBody,
  suppression: suppressionBody,
  unmerge: unmergeBody,
  review: reviewBody,
  ticket: ticketBody,
  deal: dealBody,
  task: taskBody,
  approval: approvalBody,
  document: documentBody,
  steps: stepsBody,
} satisfies Record<IntakeKind, z.ZodType>;

export type Bodies = { [K in IntakeKind]: z.output<(typeof bodies)[K]> };
type BodyInput = { [K in IntakeKind]: z.input<(typeof bodies)[K]> };

/** An item of the given kind, its body typed. `id`: an effect's key, or the request's id and a running number. */
export function intakeItem<K extends IntakeKind>(kind: K, id: string, body: BodyInput[K], source: string): IntakeItem {
  return { kind, id, body, source };
}

/** One intake document. `receivedAt` is virtual epoch ms: documents are applied in the order of it, then of `id`. */
export function intakeDoc(id: string, items: IntakeItem[], receivedAt: number): IntakeDoc {
  return { _id: id, items, receivedAt: new Date(receivedAt), status: 'pending', applied: 0, problems: [] };
}
