import { request } from 'undici';
import type { Handover } from './handover.ts';

export interface HttpAnswer {
  status: number;
  /** The parsed JSON, or undefined when it is none. */
  json: unknown;
}

/** Connections that were never made: the gateway cannot have seen the request. */
const unconnected = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Posts a form, as SMS gateways and Telegram want it. */
export async function postForm(
  url: string,
  form: Record<string, string>,
  authorization?: string,
): Promise<{ answer: HttpAnswer } | { handover: Handover }> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...(authorization && { authorization }) };
  return await post(url, new URLSearchParams(form).toString(), headers);
}

/**
 * Posts to a gateway and reads its JSON, or says why there is none: gateways have no idempotency keys, so a lost answer is
 * `unknown`, and only what cannot have been taken is tried again.
 */
export async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<{ answer: HttpAnswer } | { handover: Handover }> {
  try {
    const response = await request(url, {
      method: 'POST',
      headers: { accept: 'application/json', ...headers },
      body,
      headersTimeout: 30_000,
      bodyTimeout: 30_000,
    });
    const text = await response.body.text();
    const { statusCode: status } = response;
    const error = { code: String(status), message: text.slice(0, 500) };
    if (status === 429 || status === 503) return { handover: { outcome: 'retry', error } };
    if (status >= 500) return { handover: { outcome: 'unknown', error } };
    return { answer: { status, json: parse(text) } };
  } catch (cause) {
    const code = codeOf(cause);
    const message = cause instanceof Error ? cause.message : String(cause);
    return { handover: { outcome: unconnected.includes(code) ? 'retry' : 'unknown', error: { code, message } } };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'ERROR';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
