import { z } from 'zod';
import type { WebhookSource } from '../../config/webhooks.ts';
import { webhookItems } from '../../delivery/inbound/webhooks/items.ts';
import { readWebhook } from '../../delivery/inbound/webhooks/read.ts';
import { callSchema, messageSchema } from '../../delivery/inbound/webhooks/standard.ts';
import { intakeDoc } from '../../delivery/intake/items.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { ApiDeps } from '../deps.ts';
import { readBody } from '../raw-body.ts';
import { type Route, route } from '../route.ts';

const bodyLimit = 10 * 1024 * 1024;

const params = z.object({ source: z.string().max(40) });
const answer = z.object({ id: z.string().optional().describe('of the request, absent when nothing follows from it') });

const signed =
  'Signed as agreed with the source in WEBHOOKS. `standard` is the format below under Standard Webhooks (standardwebhooks.com): a secret per source, at most five minutes old, each message once.';

export const webhookRoutes: Route[] = [
  route({
    method: 'post',
    path: '/webhooks/messengers/{source}',
    tag: 'Webhooks',
    summary: 'A message in a chat, which makes a ticket or goes on with one',
    description: `${signed} Formats: standard, telegram (Bot API updates), vk (Callback API).`,
    params,
    documented: messageSchema,
    answer,
    open: true,
    handle: (input, deps) => take('message', ['standard', 'telegram', 'vk'], input, deps),
  }),

  route({
    method: 'post',
    path: '/webhooks/telephony/{source}',
    tag: 'Webhooks',
    summary: 'What has become of a call, which makes a ticket or a note on one',
    description: `${signed} Formats: standard, twilio (status and recording callbacks), zadarma (notifications).`,
    params,
    documented: callSchema,
    answer,
    open: true,
    handle: (input, deps) => take('call', ['standard', 'twilio', 'zadarma'], input, deps),
  }),

  route({
    method: 'get',
    path: '/webhooks/telephony/{source}',
    tag: 'Webhooks',
    summary: 'Says back what Zadarma asks when it checks the address',
    params,
    query: z.object({ zd_echo: z.string().max(200) }),
    answer: z.string(),
    open: true,
    async handle({ params, query, response }, deps) {
      find(params.source, ['zadarma'], deps);
      response.type('text/plain').send(query.zd_echo);
    },
  }),
];

type Input = Parameters<Parameters<typeof route<typeof params>>[0]['handle']>[0];

async function take(
  kind: 'message' | 'call',
  formats: readonly WebhookSource['format'][],
  { params, request, response }: Input,
  deps: ApiDeps,
) {
  const source = find(params.source, formats, deps);
  const body = await readBody(request, bodyLimit);
  const url = deps.publicUrl + request.originalUrl;
  const { event, answer } = readWebhook({ url, header: (name) => request.get(name), body }, source);
  if (event !== null && event.kind !== kind) {
    throw new VoronkaError('VALIDATION_FAILED', `body.type: this address takes what is of the type "${kind}"`);
  }
  const { language } = (await deps.library.read()).library.policy.company;
  const items = event === null ? [] : await webhookItems(source.name, event, language);
  const [first] = items;
  // A message that comes again has the id of the first one, and is stored already.
  if (first !== undefined) await deps.acceptance.accept(intakeDoc(first.id, items, deps.clock.now()), {});
  if (answer === undefined) return first === undefined ? {} : { id: first.id };
  return void response.type(answer.type).send(answer.text);
}

/** @throws VoronkaError NOT_FOUND */
function find(name: string, formats: readonly WebhookSource['format'][], { webhooks = [] }: ApiDeps): WebhookSource {
  const source = webhooks.find((one) => one.name === name && formats.includes(one.format));
  if (source === undefined) throw new VoronkaError('NOT_FOUND', `there is no source ${name} of that kind in WEBHOOKS`);
  return source;
}
