import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { WebhookSource } from '../../config/webhooks.ts';
import type { ChatGateway, ChatReply, Handover } from './handover.ts';
import { post, postForm } from './http.ts';

type Standard = Extract<WebhookSource, { format: 'standard' }>;

/** Longest text of a message of Telegram (core.telegram.org/bots/api#sendmessage). */
const telegramLength = 4_096;

/** Answer of the Telegram Bot API. */
const telegramAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.object({ message_id: z.int() }) }),
  z.object({ ok: z.literal(false), error_code: z.int(), description: z.string() }),
]);

/** Replies in chats, by the source from which the customer wrote: as our own webhook, signed, or by the Telegram Bot API. */
export function messengerGateway(
  sources: readonly WebhookSource[],
  telegramOrigin = 'https://api.telegram.org',
): ChatGateway {
  return {
    async send(reply) {
      const cut = reply.chat.indexOf(':');
      const [name, chat] = [reply.chat.slice(0, cut), reply.chat.slice(cut + 1)];
      const source = sources.find((one) => one.name === name);
      if (source?.format === 'standard' && source.url !== undefined)
        return await sendStandard(source, source.url, chat, reply);
      if (source?.format === 'telegram' && source.token !== undefined) {
        return await sendTelegram(`${telegramOrigin}/bot${source.token}/sendMessage`, chat, reply);
      }
      return failed('NO_WAY_TO_REPLY', `WEBHOOKS names no way to reply to the source ${name}`);
    },
  };
}

/** `{type: "reply", id, chat, text, files: [{name, type, content}]}`; `webhook-id` is the same at every attempt. */
async function sendStandard(
  { secret }: Standard,
  url: string,
  chat: string,
  { key, text, files }: ChatReply,
): Promise<Handover> {
  const id = `msg_${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
  const contents = files.map(({ content, ...file }) => ({ ...file, content: content.toString('base64') }));
  const body = JSON.stringify({ type: 'reply', id, chat, text, files: contents });
  const now = new Date();
  const posted = await post(url, body, {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  });
  if ('handover' in posted) return posted.handover;
  const { status } = posted.answer;
  return status < 300 ? { outcome: 'sent' } : failed(String(status), 'the receiver of replies refused it');
}

async function sendTelegram(url: string, chat: string, { text, files }: ChatReply): Promise<Handover> {
  if (files.length > 0) return failed('FILES_UNSUPPORTED', 'files cannot be sent to Telegram; write where they are');
  if (text.length > telegramLength) {
    return failed('TEXT_TOO_LONG', `Telegram takes ${telegramLength} characters at once; write two replies`);
  }
  const posted = await postForm(url, { chat_id: chat, text });
  if ('handover' in posted) return posted.handover;
  const answer = telegramAnswer.safeParse(posted.answer.json);
  if (!answer.success) return unknown(posted.answer.status);
  if (answer.data.ok) return { outcome: 'sent', providerId: String(answer.data.result.message_id) };
  return failed(String(answer.data.error_code), answer.data.description);
}

function failed(code: string, message: string): Handover {
  return { outcome: 'failed', error: { code, message } };
}

function unknown(status: number): Handover {
  return { outcome: 'unknown', error: { code: String(status), message: 'the answer is not Telegram’s' } };
}
