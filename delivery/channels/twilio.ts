import { z } from 'zod';
import type { Handover, SmsGateway } from './handover.ts';
import { postForm } from './http.ts';

/** Answer of `POST /2010-04-01/Accounts/{sid}/Messages.json` (twilio.com/docs/messaging/api/message-resource). */
const messageSchema = z.object({ sid: z.string() });
const errorSchema = z.object({ code: z.number(), message: z.string() });

/** Not a number, not reachable, not a mobile, or its owner answered STOP (twilio.com/docs/api/errors). */
const badNumber = [21211, 21214, 21217, 21610, 21612, 21614];
/** Credentials, rights, queues: nothing was taken, and somebody will mend it. */
const mendable = [20003, 20005, 20429, 21611];

export interface TwilioSettings {
  accountSid: string;
  authToken: string;
  /** A number in E.164, a sender name, or the id of a messaging service (`MG…`). */
  from: string;
  origin?: string;
}

/** The gateway Twilio. */
export function twilio({ accountSid, authToken, from, origin = 'https://api.twilio.com' }: TwilioSettings): SmsGateway {
  const url = `${origin}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const sender: Record<string, string> = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from };
  return {
    async send({ to, text }) {
      const posted = await postForm(url, { ...sender, To: to, Body: text }, authorization);
      if ('handover' in posted) return posted.handover;
      const { status, json } = posted.answer;
      if (status < 300) {
        const message = messageSchema.safeParse(json);
        if (message.success) return { outcome: 'sent', providerId: message.data.sid };
        return { outcome: 'unknown', error: { code: String(status), message: 'the answer is not Twilio’s' } };
      }
      const error = errorSchema.safeParse(json);
      return refusal(status, error.success ? error.data : { code: status, message: 'refused' });
    },
  };
}

function refusal(status: number, { code, message }: { code: number; message: string }): Handover {
  const error = { code: String(code), message };
  if (badNumber.includes(code)) return { outcome: 'bounced', error };
  return { outcome: status === 401 || status === 403 || mendable.includes(code) ? 'retry' : 'failed', error };
}
