import { z } from 'zod';
import { isSame, jsonOf, parsed, type Reading, unsigned, type WebhookRequest } from './reading.ts';

/** The parts of an event of the Callback API from 5.103 on (dev.vk.com/api/callback) that are read. */
const eventSchema = z.object({ type: z.string(), secret: z.string().optional(), object: z.unknown().optional() });
const messageSchema = z.object({
  message: z.object({
    from_id: z.int(),
    peer_id: z.int(),
    conversation_message_id: z.int(),
    text: z.string(),
    attachments: z.array(z.object({ type: z.string() })).default([]),
  }),
});

const ok = { type: 'text/plain', text: 'ok' } as const;

/**
 * An event of VK's Callback API, with the secret key in its body. VK wants to hear `ok`, and the confirmation string when it asks for
 * it. A private message of a person (ids below 0 are communities, peers from 2,000,000,000 on are groups) becomes one of a chat.
 */
export function readVk({ body }: WebhookRequest, source: { secret: string; confirmation: string }): Reading {
  const { type, secret, object } = parsed(eventSchema, jsonOf(body));
  // Before the secret key is in force. The string only says whose server this is.
  if (type === 'confirmation') return { event: null, answer: { type: 'text/plain', text: source.confirmation } };
  if (!isSame(secret, source.secret)) throw unsigned('body.secret is not the secret key of the source');
  if (type !== 'message_new') return { event: null, answer: ok };
  const { message } = parsed(messageSchema, object);
  if (message.from_id <= 0 || message.from_id !== message.peer_id) return { event: null, answer: ok };
  const kinds = message.attachments.map((attachment) => `[${attachment.type}]`);
  const text = [message.text, ...kinds].filter((part) => part !== '').join(' ');
  const chat = String(message.peer_id);
  return { event: { kind: 'message', id: `${chat}.${message.conversation_message_id}`, chat, text }, answer: ok };
}
