import { z } from 'zod';
import { isSame, jsonOf, parsed, type Reading, unsigned, type WebhookRequest } from './reading.ts';

/** What a message may hold in place of text; the files themselves stay with Telegram. */
const contents = [
  'photo',
  'document',
  'voice',
  'audio',
  'video',
  'video_note',
  'sticker',
  'location',
  'contact',
] as const;

/** The parts of an Update (core.telegram.org/bots/api#update) that are read. */
const updateSchema = z.object({
  update_id: z.int(),
  message: z
    .object({
      message_id: z.int(),
      from: z.object({ first_name: z.string(), last_name: z.string().optional(), is_bot: z.boolean() }).optional(),
      chat: z.object({ id: z.int(), type: z.string() }),
      text: z.string().optional(),
      caption: z.string().optional(),
      contact: z.object({ phone_number: z.string(), user_id: z.int().optional() }).optional(),
    })
    .loose()
    .optional(),
});

/**
 * An update of the Telegram Bot API, with the secret token of setWebhook in X-Telegram-Bot-Api-Secret-Token. A private message of a
 * person becomes one of a chat; everything else is let pass.
 */
export function readTelegram({ header, body }: WebhookRequest, secret: string): Reading {
  if (!isSame(header('x-telegram-bot-api-secret-token'), secret)) {
    throw unsigned('X-Telegram-Bot-Api-Secret-Token is not the secret token of the source');
  }
  const { message } = parsed(updateSchema, jsonOf(body));
  if (message === undefined || message.chat.type !== 'private' || message.from?.is_bot === true) return { event: null };
  const { chat, from, contact } = message;
  const kinds = contents.filter((kind) => message[kind] !== undefined).map((kind) => `[${kind}]`);
  const text = [message.text ?? message.caption ?? '', ...kinds].filter((part) => part !== '').join(' ');
  const name = [from?.first_name, from?.last_name].filter((part) => part !== undefined).join(' ');
  // Only a number that somebody shares of themselves is theirs; in a private chat its id is the person's.
  const own =
    contact !== undefined && contact.user_id === chat.id ? `+${contact.phone_number.replace(/^\+/, '')}` : undefined;
  return {
    event: { kind: 'message', id: `${chat.id}.${message.message_id}`, chat: String(chat.id), text, name, phone: own },
  };
}
