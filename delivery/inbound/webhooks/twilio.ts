import { createHmac } from 'node:crypto';
import { type CallEvent, formOf, isSame, type Reading, unsigned, type WebhookRequest } from './reading.ts';

/** CallStatus and DialCallStatus (twilio.com/docs/voice/twiml#callstatus-values). */
const states: Record<string, CallEvent['state']> = {
  queued: 'started',
  initiated: 'started',
  ringing: 'started',
  'in-progress': 'answered',
  answered: 'answered',
  completed: 'ended',
  busy: 'missed',
  'no-answer': 'missed',
  failed: 'missed',
  canceled: 'missed',
};

/**
 * A status or recording callback of Twilio. Signed by X-Twilio-Signature: HMAC-SHA1 of the address and the sorted fields
 * (twilio.com/docs/usage/security#validating-requests). What the number that was dialled on did (DialCallStatus) says more than what the
 * call itself did, which Twilio has answered.
 */
export function readTwilio({ url, header, body }: WebhookRequest, secret: string): Reading {
  const fields = formOf(body);
  if (!isSame(header('x-twilio-signature'), twilioSignature(url, fields, secret))) {
    throw unsigned('X-Twilio-Signature does not fit; PUBLIC_URL must be the address that Twilio calls');
  }
  return { event: eventOf(fields), answer: { type: 'text/xml', text: '<Response/>' } };
}

function eventOf(fields: Readonly<Record<string, string>>): CallEvent | null {
  const { CallSid: call, CallStatus = '', DialCallStatus, Direction = 'inbound', From, To } = fields;
  if (call === undefined) return null;
  if (fields.RecordingUrl !== undefined && fields.RecordingStatus === 'completed') {
    return { kind: 'call', call, state: 'recorded', direction: 'in', recording: fields.RecordingUrl };
  }
  // What was dialled on is over when its status comes: somebody had answered.
  const state = DialCallStatus === 'completed' ? 'answered' : states[DialCallStatus ?? CallStatus];
  if (state === undefined) return null;
  const direction = Direction.startsWith('outbound') ? 'out' : 'in';
  const seconds = Number(fields.DialCallDuration ?? fields.CallDuration ?? Number.NaN);
  const customer = direction === 'in' ? From : To;
  return { kind: 'call', call, state, direction, customer, ...(Number.isInteger(seconds) && { seconds }) };
}

export function twilioSignature(url: string, fields: Readonly<Record<string, string>>, secret: string): string {
  const sorted = Object.keys(fields).sort();
  const text = url + sorted.map((name) => `${name}${fields[name]}`).join('');
  return createHmac('sha1', secret).update(text).digest('base64');
}
