import { z } from 'zod';
import { email, eventBody, intakeDoc, intakeItem, leadBody, phone } from '../../delivery/intake/items.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { eventName } from '../../engine/schema/common.ts';
import { newId } from '../../store/id.ts';
import { findIntake } from '../../store/intake.ts';
import { idempotencyOf } from '../idempotency.ts';
import { type Route, route } from '../route.ts';
import { accepted, idParams, time } from '../shapes.ts';

const leadInput = leadBody
  .omit({ form: true, consentText: true })
  .refine(({ email, phone }) => email !== undefined || phone !== undefined, 'give an email or a phone');

/** What Voronka itself tells: nobody else may, or the history would not be true. */
const reserved = /^(contact|score|segment|entry|process|message|lead)\./;

const eventInput = eventBody
  .omit({ message: true })
  .extend({
    contactId: z.string().max(64).optional(),
    email: email.optional(),
    phone: phone.optional(),
    event: eventName.refine(
      (name) => !reserved.test(name),
      'names that begin with contact, score, segment, entry, process, message or lead are reserved',
    ),
    occurredAt: z
      .union([z.int(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))])
      .optional()
      .describe('epoch milliseconds, or ISO 8601 with a zone; default now'),
  })
  .refine(
    ({ contactId, email, phone }) => contactId !== undefined || email !== undefined || phone !== undefined,
    'give a contactId, an email or a phone',
  );

const eventList = z.strictObject({ events: z.array(eventInput).min(1).max(1000) });

/** One event is a list of one; so a mistake is always named with its index. */
const eventsInput = z
  .unknown()
  .transform((body) => (isObject(body) && 'events' in body ? body : { events: [body] }))
  .pipe(eventList);

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export const intakeRoutes: Route[] = [
  route({
    method: 'post',
    path: '/leads',
    tag: 'Intake',
    summary: 'Take in a lead',
    description: 'Finds or makes the contact by normalised email and phone, and tells processes of `lead.created`.',
    body: leadInput,
    status: 202,
    answer: accepted,
    idempotent: true,
    async handle({ body, request }, { acceptance, clock }) {
      const id = newId();
      const doc = intakeDoc(id, [intakeItem('lead', id, body, 'api')], clock.now());
      return await acceptance.accept(doc, { id }, idempotencyOf(request));
    },
  }),

  route({
    method: 'post',
    path: '/events',
    tag: 'Intake',
    summary: 'Take in one event, or up to 1,000',
    description: 'All or nothing: with one mistake nothing is taken, and the mistake is named with its place.',
    body: eventsInput,
    documented: z.union([eventInput, eventList]),
    status: 202,
    answer: accepted,
    idempotent: true,
    async handle({ body, request }, { acceptance, clock }) {
      const id = newId();
      const items = body.events.map((event, index) => intakeItem('event', `${id}.${index}`, event, 'api'));
      return await acceptance.accept(intakeDoc(id, items, clock.now()), { id }, idempotencyOf(request));
    },
  }),

  route({
    method: 'get',
    path: '/intake/{id}',
    tag: 'Intake',
    summary: 'What became of an accepted request',
    params: idParams,
    answer: z.object({
      id: z.string(),
      status: z.enum(['pending', 'done', 'failed']),
      applied: z.number().describe('items that are applied or have a problem'),
      receivedAt: time,
      problems: z.array(z.object({ item: z.string(), code: z.string(), message: z.string() })),
    }),
    async handle({ params }) {
      const receipt = await findIntake(params.id);
      if (receipt === null) throw new VoronkaError('NOT_FOUND', `there is no accepted request ${params.id}`);
      const { _id, status, applied, receivedAt, problems } = receipt;
      return { id: _id, status, applied, receivedAt, problems };
    },
  }),
];
