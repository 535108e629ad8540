import { request } from 'undici';
import type { Json } from '../../engine/json.ts';
import type { EffectOf } from '../../engine/model/effects.ts';
import { again, type EffectDeps, failed, type Outcome, type PerformEffect, performed } from './effect.ts';
import { AddressRefused, guardedAgent } from './public-address.ts';

/** Characters of an answer that may go into an instance's variables. */
const maxAnswer = 65_536;

/**
 * Calls a public HTTP address. Answers `{status, body}` for whatever the server says for good; a server that is busy,
 * broken or away (408, 425, 429, 5xx, no connection) is asked again later, and the last answer counts (status 0: none).
 * Redirects are not followed. The effect key
 * goes along as `Idempotency-Key`.
 */
export const httpRequest: PerformEffect<'http-request'> = (effects, deps) =>
  Promise.all(effects.map((effect) => call(effect, deps)));

async function call({ key, item }: EffectOf<'http-request'>, { httpAllowedHosts }: EffectDeps): Promise<Outcome> {
  const agent = guardedAgent(httpAllowedHosts, item.timeout);
  try {
    const response = await request(item.url, {
      method: item.method,
      headers: { 'idempotency-key': key, ...bodyType(item.body), ...item.headers },
      body: item.body === undefined ? null : JSON.stringify(item.body),
      dispatcher: agent,
      signal: AbortSignal.timeout(item.timeout),
    });
    const { statusCode, headers } = response;
    const text = await readLimited(response.body);
    const answer = { status: statusCode, body: parse(text ?? '', String(headers['content-type'] ?? '')) };
    if (isTransient(statusCode)) return again(key, 'HTTP_UNAVAILABLE', `${item.url} answered ${statusCode}`, answer);
    if (text === null) return failed(key, 'HTTP_ANSWER_TOO_LARGE', `${item.url} answered more than ${maxAnswer} bytes`);
    return performed(key, answer);
  } catch (error) {
    if (error instanceof AddressRefused) return failed(key, 'ADDRESS_NOT_PUBLIC', error.message);
    const reason = error instanceof Error ? error.message : String(error);
    return again(key, 'HTTP_UNAVAILABLE', `${item.url} could not be reached: ${reason}`, { status: 0, body: null });
  } finally {
    void agent.destroy();
  }
}

function bodyType(body: Json | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-type': 'application/json' };
}

function isTransient(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

/** @returns null when there is more than fits. */
async function readLimited(body: AsyncIterable<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxAnswer) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string, type: string): Json {
  if (!/[/+]json\b/.test(type)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
