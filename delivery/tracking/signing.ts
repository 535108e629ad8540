import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a signed id is for: an id made for one purpose is refused for another. */
export type SignedFor = 'open' | 'click' | 'unsubscribe' | 'survey' | 'approval';

/** `payload` and its HMAC-SHA-256 (128 bits of it) as one piece of a URL. */
export function sign(secret: string, purpose: SignedFor, payload: readonly string[]): string {
  const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${body}.${mac(secret, purpose, body)}`;
}

/** The payload of a signed id, or null when it was not signed here for this purpose. */
export function verify(secret: string, purpose: SignedFor, id: string): string[] | null {
  const [body, given, ...rest] = id.split('.');
  if (!body || !given || rest.length > 0) return null;
  // As text: the last character of base64 has spare bits, so other texts would decode to the same bytes.
  const expected = Buffer.from(mac(secret, purpose, body));
  const actual = Buffer.from(given);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return null;
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
}

function mac(secret: string, purpose: SignedFor, body: string): string {
  return createHmac('sha256', secret).update(`${purpose}:${body}`).digest().subarray(0, 16).toString('base64url');
}
