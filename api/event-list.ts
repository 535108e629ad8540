import { z } from 'zod';
import { email, eventBody, phone } from '../delivery/intake/items.ts';
import { emailKey } from '../engine/contacts/normalise.ts';
import type { JsonObject } from '../engine/json.ts';
import { eventName } from '../engine/schema/common.ts';

/** What Voronka itself tells: nobody else may, or the history would not be true. */
const reserved =
  /^(contact|score|segment|entry|process|message|lead|ticket|deal|task|approval|document|sla|survey|money)\./;

const name = eventName.refine(
  (text) => !reserved.test(text),
  'names that begin with contact, score, segment, entry, process, message, lead, ticket, deal, task, approval, document, sla, survey or money are reserved',
);

const { isPlainObject } = z.core.util;

/** A record of JSON, not looked into: to go through its names costs more than all else about an event. */
const data = z
  .custom<JsonObject>()
  .check(({ value, issues }) => {
    if (!isPlainObject(value)) issues.push({ code: 'invalid_type', expected: 'record', input: value });
  })
  .meta({ type: 'object', propertyNames: { type: 'string' }, additionalProperties: {} })
  .default({});

const contactIdLength = 64;
const oneEvent = eventBody
  .omit({ message: true })
  .extend({
    data,
    contactId: z.string().max(contactIdLength).optional(),
    email: email.optional(),
    phone: phone.optional(),
    event: name,
    occurredAt: z
      .union([z.int(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))])
      .optional()
      .describe('epoch milliseconds, or ISO 8601 with a zone; default now'),
  })
  .refine(
    ({ contactId, email, phone }) => contactId !== undefined || email !== undefined || phone !== undefined,
    'give a contactId, an email or a phone',
  );

const most = 1000;
const list = z.strictObject({ events: z.array(oneEvent).min(1).max(most) });
export type EventList = z.output<typeof list>;

/** The body of `POST /api/events`, as its description says it. */
export const oneOrMany = z.union([oneEvent, list]);

/** The same to be parsed: one event is a list of one, so a mistake is always named with its index. */
export const eventList = z
  .unknown()
  .transform((body) => (isObject(body) && 'events' in body ? body : { events: [body] }))
  .pipe(list);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/**
 * What the schema would make of a body, where that is plain to see. Events come by the thousand, and nearly all are an
 * address, a name and data: to see just that costs a fifth of what the schema takes. What has more to it, or a mistake,
 * is for the schema (`undefined`); a test holds this one to it.
 */
export function plainEventList(body: unknown): EventList | undefined {
  if (isPlainEvent(body)) return { events: [body] };
  return isPlainList(body) ? body : undefined;
}

function isPlainList(body: unknown): body is EventList {
  if (!isObject(body) || Object.keys(body).length !== 1 || !Array.isArray(body.events)) return false;
  const { length } = body.events;
  return length > 0 && length <= most && body.events.every(isPlainEvent);
}

function isPlainEvent(event: unknown): event is EventList['events'][number] {
  if (!isObject(event) || !('event' in event && 'data' in event)) return false;
  if (!('email' in event || 'contactId' in event)) return false;
  for (const field in event) if (!plainFields.get(field)?.(event[field])) return false;
  return true;
}

const names = new Set<unknown>();
const mostNames = 1_000;

const plainFields = new Map<string, (value: unknown) => boolean>([
  ['event', isName],
  ['data', isPlainObject],
  ['email', (value) => typeof value === 'string' && value.length <= 254 && emailKey(value) !== null],
  ['contactId', (value) => typeof value === 'string' && value.length <= contactIdLength],
  ['occurredAt', Number.isSafeInteger],
]);

/** A company has a few dozen names: one that was right once is right. */
function isName(value: unknown): boolean {
  if (names.has(value)) return true;
  if (!name.safeParse(value).success) return false;
  if (names.size < mostNames) names.add(value);
  return true;
}
