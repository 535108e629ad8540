import { z } from 'zod';
import { intakeDoc, intakeItem, leadBody } from '../../delivery/intake/items.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { newId } from '../../store/id.ts';
import { findIntake } from '../../store/intake.ts';
import { eventList, oneOrMany, plainEventList } from '../event-list.ts';
import { idempotencyOf } from '../idempotency.ts';
import { type Route, route } from '../route.ts';
import { accepted, idParams, jsonObject, time } from '../shapes.ts';

const leadInput = leadBody
  .omit({ form: true, consentText: true })
  .refine(({ email, phone }) => email !== undefined || phone !== undefined, 'give an email or a phone');

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
    body: eventList,
    plain: plainEventList,
    documented: oneOrMany,
    status: 202,
    answer: accepted,
    idempotent: true,
    handle({ body, request }, { acceptance, clock }) {
      const { events } = body;
      const [event, ...others] = events;
      const at = clock.now();
      const idempotency = idempotencyOf(request);
      // Requests wait for the store by the dozen: thousands of objects each would be kept, and moved about, for nothing.
      request.body = undefined;
      if (event !== undefined && others.length === 0 && idempotency === undefined) {
        return acceptance.acceptEvent(event, at);
      }
      const id = newId();
      const items = events.map((event, index) => intakeItem('event', `${id}.${index}`, event, 'api'));
      return acceptance.accept(intakeDoc(id, items, at), { id }, idempotency);
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
      problems: z.array(
        z.object({
          item: z.string(),
          code: z.string(),
          message: z.string(),
          details: jsonObject.optional(),
          kept: z.literal(true).optional().describe('it was applied, but does not count as its sender wanted it to'),
        }),
      ),
    }),
    async handle({ params }) {
      const receipt = await findIntake(params.id);
      if (receipt === null) throw new VoronkaError('NOT_FOUND', `there is no accepted request ${params.id}`);
      const { _id, status, applied, receivedAt, problems } = receipt;
      return { id: _id, status, applied, receivedAt, problems };
    },
  }),
];
