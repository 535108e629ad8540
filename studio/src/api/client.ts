import { bytesToHex } from '@noble/hashes/utils.js';

/** An answer of the API that is not a success, as problem+json says it. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** Empty when whoever answered speaks no problem+json. */
  readonly title: string;
  readonly cure: string;
  readonly problems: { path: string; message: string }[];
  /** What a program may want to know of it: of `GUARD_NOT_MET` the guards that refused. */
  readonly details: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.detail === 'string' ? body.detail : `HTTP ${status}`);
    this.status = status;
    this.code = typeof body.code === 'string' ? body.code : 'UNKNOWN';
    this.title = typeof body.title === 'string' ? body.title : '';
    this.cure = typeof body.cure === 'string' ? body.cure : '';
    this.problems = Array.isArray(body.problems) ? body.problems : [];
    this.details = { ...(typeof body.details === 'object' ? body.details : {}) };
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absent and empty values are left out; null goes as an empty one. */
  query?: Query;
  body?: unknown;
  key: string | null;
  /** Key of the user who acts; empty: nobody has said. */
  user?: string;
  /** Under one key it is done once, however often it is asked. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/**
 * Calls the API.
 * @throws ApiProblem for every answer but 2xx; TypeError when the server cannot be reached.
 */
export async function call<T>(
  path: string,
  { method = 'GET', query = {}, body, key, user, idempotencyKey, signal }: Call,
): Promise<T> {
  const response = await fetch(`/api${path}${queryText(query)}`, {
    method,
    headers: {
      accept: 'application/json',
      ...authorization(key),
      ...(user && { 'x-voronka-user': user }),
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  const text = await response.text();
  const answer = text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  if (!response.ok) throw new ApiProblem(response.status, typeof answer === 'object' ? answer : { detail: answer });
  return answer;
}

/** The header that carries the key; none without one. */
export function authorization(key: string | null): { authorization?: string } {
  return key === null ? {} : { authorization: `Bearer ${key}` };
}

function queryText(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, String(value ?? '')]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** A key for one thing that is to be done. `randomUUID` is only there on pages that came by HTTPS. */
export function newIdempotencyKey(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
}
