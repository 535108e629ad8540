import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { email, phone } from '../../intake/items.ts';
import { callStates, jsonOf, parsed, type Reading, unsigned, type WebhookRequest } from './reading.ts';

const id = z.string().min(1).max(200);

/** A message that somebody wrote in a chat. */
export const messageSchema = z.strictObject({
  type: z.literal('message'),
  id: id.describe('of the message, unique within the source'),
  chat: id.describe('the conversation: its messages go on with one ticket'),
  text: z.string().max(100_000),
  from: z
    .strictObject({ name: z.string().max(200).optional(), phone: phone.optional(), email: email.optional() })
    .prefault({}),
  files: z
    .array(z.strictObject({ name: z.string().max(200), type: z.string().max(100), content: z.base64() }))
    .max(20)
    .optional(),
});

/** What has become of a call. */
export const callSchema = z.strictObject({
  type: z.literal('call'),
  id: id.describe('of the call: all its events have it'),
  state: z.enum(callStates),
  direction: z.enum(['in', 'out']),
  customer: phone.optional().describe('number of the customer; a recording may come without'),
  agent: z.string().max(64).optional().describe('key of the user who spoke'),
  seconds: z.int().min(0).optional(),
  recording: z.url().optional().describe('where it can be heard'),
});

/** Our own format under Standard Webhooks (standardwebhooks.com): headers webhook-id, webhook-timestamp, webhook-signature. */
export function readStandard({ header, body }: WebhookRequest, secret: string): Reading {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const headers = Object.fromEntries(names.map((name) => [name, header(name) ?? '']));
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
  } catch (error) {
    throw unsigned(error instanceof Error ? error.message : String(error));
  }
  const said = parsed(z.discriminatedUnion('type', [messageSchema, callSchema]), jsonOf(body));
  if (said.type === 'call') {
    const { type: kind, id: call, ...rest } = said;
    return { event: { kind, call, ...rest } };
  }
  const { id, chat, text, from, files = [] } = said;
  const contents = files.map(({ content, ...file }) => ({ ...file, content: Buffer.from(content, 'base64') }));
  return { event: { kind: 'message', id, chat, text, ...from, files: contents } };
}
