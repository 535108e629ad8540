import { z } from 'zod';
import type { Handover, SmsGateway } from './handover.ts';
import { postForm } from './http.ts';

/** Answer of `POST /sms/send` with `json=1` (sms.ru/api/send): one status for the request, one for each number. */
const answerSchema = z.object({
  status: z.enum(['OK', 'ERROR']),
  status_code: z.number(),
  status_text: z.string().optional(),
  sms: z
    .record(
      z.string(),
      z.object({ status_code: z.number(), status_text: z.string().optional(), sms_id: z.string().optional() }),
    )
    .optional(),
});

/** The number is wrong, has no route, or stands in the stop list. */
const badNumber = [202, 207, 209];
/** Money, credentials, a sender not yet agreed on, the service itself: nothing was taken, and somebody will mend it. */
const mendable = [200, 201, 204, 220, 300, 301, 302, 500];

export interface SmsRuSettings {
  apiId: string;
  /** Sender name that SMS.RU has approved. */
  from?: string;
  origin?: string;
}

/** The gateway SMS.RU. */
export function smsRu({ apiId, from, origin = 'https://sms.ru' }: SmsRuSettings): SmsGateway {
  return {
    async send({ to, text }) {
      const number = to.replace(/^\+/, '');
      const form = { api_id: apiId, to: number, msg: text, json: '1', ...(from && { from }) };
      const posted = await postForm(`${origin}/sms/send`, form);
      if ('handover' in posted) return posted.handover;
      const parsed = answerSchema.safeParse(posted.answer.json);
      if (!parsed.success) {
        return {
          outcome: 'unknown',
          error: { code: String(posted.answer.status), message: 'the answer is not SMS.RU’s' },
        };
      }
      if (parsed.data.status === 'ERROR') return refusal(parsed.data.status_code, parsed.data.status_text);
      const sms = parsed.data.sms?.[number];
      if (!sms) return { outcome: 'unknown', error: { code: '100', message: 'the answer does not name the number' } };
      if (sms.status_code !== 100) return refusal(sms.status_code, sms.status_text);
      return { outcome: 'sent', ...(sms.sms_id && { providerId: sms.sms_id }) };
    },
  };
}

function refusal(code: number, text = 'refused'): Handover {
  const error = { code: String(code), message: text };
  if (badNumber.includes(code)) return { outcome: 'bounced', error };
  return { outcome: mendable.includes(code) ? 'retry' : 'failed', error };
}
