import { z } from 'zod';
import { contactFields, email, intakeDoc, intakeItem, leadBody, phone } from '../../delivery/intake/items.ts';
import { intakeApplied } from '../../delivery/intake/submit.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { channels } from '../../engine/model/contact.ts';
import { key } from '../../engine/schema/common.ts';
import { listContacts, survivors } from '../../store/contacts.ts';
import { findEvent } from '../../store/events.ts';
import { newId } from '../../store/id.ts';
import { findIntake } from '../../store/intake.ts';
import type { ContactDoc } from '../../store/models/contact.ts';
import type { IntakeItem } from '../../store/models/intake.ts';
import { contactOf } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { idempotencyOf } from '../idempotency.ts';
import { type Route, route } from '../route.ts';
import { contactAnswer, idParams, pageOf, pageQuery } from '../shapes.ts';

export const by = z.string().max(64).default('api').describe('who does it, for the record');

export const contactRoutes: Route[] = [
  route({
    method: 'get',
    path: '/contacts',
    tag: 'Contacts',
    summary: 'Contacts, newest first',
    query: pageQuery.extend({
      search: z.string().max(200).optional().describe('beginnings of names, company, email or phone'),
      segment: key.optional(),
      owner: key.optional(),
      class: z.enum(['cold', 'warm', 'hot']).optional(),
    }),
    answer: pageOf(contactAnswer),
    async handle({ query: { limit, cursor, ...filter } }) {
      const { items, next } = await listContacts(filter, { limit, ...(cursor !== undefined && { cursor }) });
      return { items: items.map(contactOf), next };
    },
  }),

  route({
    method: 'post',
    path: '/contacts',
    tag: 'Contacts',
    summary: 'Create a contact, or find and complete it by its email or phone',
    body: leadBody
      .omit({ form: true, consentText: true, data: true })
      .refine(({ email, phone }) => email !== undefined || phone !== undefined, 'give an email or a phone'),
    status: 201,
    answer: contactAnswer,
    idempotent: true,
    async handle({ body, request }, deps) {
      const id = newId();
      const doc = intakeDoc(id, [intakeItem('lead', id, body, 'api')], deps.clock.now());
      const { id: first } = await deps.acceptance.accept(doc, { id }, idempotencyOf(request));
      await applied(String(first));
      const event = await findEvent(String(first));
      return contactOf(await findContact(event?.contactId ?? ''));
    },
  }),

  route({
    method: 'get',
    path: '/contacts/{id}',
    tag: 'Contacts',
    summary: 'A contact',
    description: 'A contact that was merged away is answered by its survivor.',
    params: idParams,
    answer: contactAnswer,
    async handle({ params }) {
      return contactOf(await findContact(params.id));
    },
  }),

  route({
    method: 'patch',
    path: '/contacts/{id}',
    tag: 'Contacts',
    summary: 'Change fields of a contact',
    description: 'null clears. Attributes that are not named stay.',
    params: idParams,
    body: contactFields.extend({ email: email.nullable().optional(), phone: phone.nullable().optional(), by }),
    answer: contactAnswer,
    async handle({ params, body: { by, attributes = {}, ...fields } }, deps) {
      const { _id } = await findContact(params.id);
      const own = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`attributes.${name}`, value]));
      const set = JSON.parse(JSON.stringify({ ...fields, ...own }));
      await change([intakeItem('change', newId(), { contactId: _id, set, by }, `person:${by}`)], deps);
      return contactOf(await findContact(_id));
    },
  }),

  route({
    method: 'post',
    path: '/contacts/{id}/consent',
    tag: 'Contacts',
    summary: 'Record that a contact gave or withdrew marketing consent',
    params: idParams,
    body: z.strictObject({
      channel: z.enum(channels),
      value: z.enum(['granted', 'withdrawn']),
      text: z.string().max(2000).optional().describe('what the contact agreed to'),
      by,
    }),
    answer: contactAnswer,
    async handle({ params, body }, deps) {
      const { _id } = await findContact(params.id);
      await change([intakeItem('consent', newId(), { contactId: _id, ...body }, `person:${body.by}`)], deps);
      return contactOf(await findContact(_id));
    },
  }),

  route({
    method: 'post',
    path: '/contacts/{id}/suppression',
    tag: 'Contacts',
    summary: 'Close a channel of a contact for every message, or open it again',
    params: idParams,
    body: z.strictObject({
      channel: z.enum(channels),
      reason: z.enum(['bounced', 'complained', 'invalid', 'manual']).nullable().describe('null lifts it'),
      by,
    }),
    answer: contactAnswer,
    async handle({ params, body }, deps) {
      const { _id } = await findContact(params.id);
      await change([intakeItem('suppression', newId(), { contactId: _id, ...body }, `person:${body.by}`)], deps);
      return contactOf(await findContact(_id));
    },
  }),

  route({
    method: 'post',
    path: '/contacts/{id}/segments',
    tag: 'Contacts',
    summary: 'Put a contact into a segment without a condition, or take it out',
    params: idParams,
    body: z.strictObject({ segment: key, change: z.enum(['add', 'remove']) }),
    answer: contactAnswer,
    async handle({ params, body }, deps) {
      const { _id } = await findContact(params.id);
      await change([intakeItem('segment', newId(), { contactId: _id, ...body }, 'api')], deps);
      return contactOf(await findContact(_id));
    },
  }),
];

/** @throws VoronkaError NOT_FOUND */
export async function findContact(id: string): Promise<ContactDoc> {
  const contact = (await survivors([id])).get(id);
  if (contact === undefined) throw new VoronkaError('NOT_FOUND', `there is no contact ${id}`);
  return contact;
}

/**
 * Hands a change to the single writer and waits for it, so that the answer shows it.
 * @throws VoronkaError with the problem that an item met; INTAKE_BUSY when the writer does not come to it
 */
export async function change(items: IntakeItem[], { acceptance, clock }: ApiDeps): Promise<void> {
  const id = newId();
  await acceptance.accept(intakeDoc(id, items, clock.now()), { id });
  await applied(id);
}

/** Problems of items that are the caller's. */
const expected = ['CONFLICT', 'NOT_FOUND', 'VALIDATION_FAILED'] as const;

async function applied(id: string): Promise<void> {
  if (!(await intakeApplied([id]))) {
    throw new VoronkaError('INTAKE_BUSY', `the change is accepted as ${id} and not applied yet`);
  }
  const [problem] = (await findIntake(id))?.problems ?? [];
  if (problem === undefined) return;
  const code = expected.find((one) => one === problem.code) ?? 'INTERNAL';
  throw new VoronkaError(code, problem.message);
}
