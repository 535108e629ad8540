import { createHmac } from 'node:crypto';
import { type CallEvent, formOf, isSame, type Reading, unsigned, type WebhookRequest } from './reading.ts';

type Fields = Readonly<Record<string, string>>;

/**
 * A notification of the telephone system of Zadarma (zadarma.com/support/api/#api_webhooks, and the class of each in its own client
 * zadarma/user-api-v1). `Signature` is the base64 of the HMAC-SHA1 of three of the fields, which differ by event.
 */
export function readZadarma({ header, body }: WebhookRequest, secret: string): Reading {
  const fields = formOf(body);
  if (!isSame(header('signature'), zadarmaSignature(fields, secret)))
    throw unsigned('Signature does not fit the fields');
  return { event: eventOf(fields) };
}

/** PHP's base64_encode of hash_hmac, as their client makes it, is of the digest in hexadecimal digits. */
export function zadarmaSignature(fields: Fields, secret: string): string {
  return Buffer.from(createHmac('sha1', secret).update(signedText(fields)).digest('hex')).toString('base64');
}

function signedText(fields: Fields): string {
  const join = (...names: string[]) => names.map((name) => fields[name] ?? '').join('');
  switch (fields.event) {
    case 'NOTIFY_ANSWER':
      return join('caller_id', 'destination', 'call_start');
    case 'NOTIFY_OUT_START':
    case 'NOTIFY_OUT_END':
      return join('internal', 'destination', 'call_start');
    case 'NOTIFY_RECORD':
      return join('pbx_call_id', 'call_id_with_rec');
    default:
      return join('caller_id', 'called_did', 'call_start');
  }
}

function eventOf(fields: Fields): CallEvent | null {
  const { event, pbx_call_id: call, caller_id: customer, destination, disposition, duration } = fields;
  if (call === undefined) return null;
  const seconds = Number(duration ?? Number.NaN);
  const base = { kind: 'call' as const, call, ...(Number.isInteger(seconds) && { seconds }) };
  switch (event) {
    case 'NOTIFY_START':
      return { ...base, state: 'started', direction: 'in', customer };
    case 'NOTIFY_ANSWER':
      return { ...base, state: 'answered', direction: 'in', customer };
    case 'NOTIFY_END':
      return { ...base, state: disposition === 'answered' ? 'ended' : 'missed', direction: 'in', customer };
    case 'NOTIFY_OUT_END':
      return {
        ...base,
        state: disposition === 'answered' ? 'ended' : 'missed',
        direction: 'out',
        customer: destination,
      };
    case 'NOTIFY_RECORD':
      return { ...base, state: 'recorded', direction: 'in' };
    default:
      return null;
  }
}
