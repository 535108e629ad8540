import type { Request } from 'express';
import { z } from 'zod';
import { intakeDoc, intakeItem } from '../../delivery/intake/items.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { newId } from '../../store/id.ts';
import type { ApiDeps } from '../deps.ts';
import { readSubmission, ticketOf } from '../forms/submission.ts';
import { idempotencyOf } from '../idempotency.ts';
import { type RateLimit, rateLimit } from '../rate-limit.ts';
import { type Route, route } from '../route.ts';
import { accepted, jsonObject, keyParams } from '../shapes.ts';

/** A field that people do not see and programs fill: whoever fills it is thanked and not taken in. */
const honeypot = 'website';

export const formRoutes: Route[] = [
  route({
    method: 'get',
    path: '/forms/{key}',
    tag: 'Forms',
    summary: 'A form as a website shows it',
    params: keyParams,
    answer: jsonObject,
    open: true,
    async handle({ params }, deps) {
      const { key, name, fields, consents, thanks } = await findForm(params.key, deps);
      return { key, name, fields, consents, thanks, honeypot };
    },
  }),

  route({
    method: 'post',
    path: '/forms/{key}/submissions',
    tag: 'Forms',
    summary: 'Submit a form',
    description: `Public, for websites: any origin, limited per address. Leave the field "${honeypot}" empty.`,
    params: keyParams,
    body: jsonObject.describe('the fields by name, and `consents: {"email": true}`'),
    status: 202,
    answer: accepted.extend({
      thanks: z.unknown().optional(),
      ticket: z.string().optional().describe('id of the ticket that it opens'),
    }),
    open: true,
    idempotent: true,
    async handle({ params, body, request, response }, deps) {
      const wait = await secondsToWait(request, deps);
      if (wait > 0) {
        response.set('Retry-After', String(wait));
        throw new VoronkaError('RATE_LIMITED', `more than ${limitOf(deps)} submissions in a minute`);
      }
      const form = await findForm(params.key, deps);
      const id = newId();
      const ticket = form.ticket && `${id}.ticket`;
      const thanks = form.thanks !== undefined && { thanks: form.thanks };
      const answer = { id, ...thanks, ...(ticket !== undefined && { ticket }) };
      const { [honeypot]: bait, ...fields } = body;
      if (bait !== undefined && bait !== '') return answer;
      const source = `form:${form.key}`;
      const lead = readSubmission(form, fields);
      const items = [intakeItem('lead', id, lead, source)];
      const opened = ticketOf(form, lead.data);
      if (opened && ticket !== undefined) items.push(intakeItem('ticket', ticket, opened, source));
      return await deps.acceptance.accept(intakeDoc(id, items, deps.clock.now()), answer, idempotencyOf(request));
    },
  }),
];

async function findForm(key: string, { library }: ApiDeps) {
  const form = (await library.read()).library.forms[key];
  if (form === undefined) throw new VoronkaError('NOT_FOUND', `there is no published form "${key}"`);
  return form;
}

const limits = new WeakMap<ApiDeps, RateLimit>();

function limitOf({ formsPerMinute = 20 }: ApiDeps): number {
  return formsPerMinute;
}

async function secondsToWait(request: Request, deps: ApiDeps): Promise<number> {
  const limit = limits.get(deps) ?? rateLimit('forms', limitOf(deps), deps);
  limits.set(deps, limit);
  return await limit(request);
}
