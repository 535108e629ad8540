/** An answer of the API that is not a success, as problem+json says it. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly cure: string;
  readonly problems: { path: string; message: string }[];

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body.detail === 'string' ? body.detail : typeof body.title === 'string' ? body.title : `HTTP ${status}`);
    this.status = status;
    this.code = typeof body.code === 'string' ? body.code : 'UNKNOWN';
    this.cure = typeof body.cure === 'string' ? body.cure : '';
    this.problems = Array.isArray(body.problems) ? body.problems : [];
  }
}

const storage = 'voronka.key';

/** Takes the key out of the address (`#key=…`, as `npm start` prints it), so that it stays in no history or log. */
export function adoptKeyFromAddress(): void {
  const match = /(?:^#|&)key=([^&]+)/.exec(location.hash);
  if (!match?.[1]) return;
  saveKey(decodeURIComponent(match[1]));
  history.replaceState(null, '', location.pathname + location.search);
}

export function saveKey(key: string): void {
  localStorage.setItem(storage, key.trim());
}

export function hasKey(): boolean {
  return localStorage.getItem(storage) !== null;
}

export function forgetKey(): void {
  localStorage.removeItem(storage);
}

/**
 * Calls the API with the stored key.
 * @throws ApiProblem for every answer but 2xx; TypeError when the server cannot be reached.
 */
export async function api<T>(path: string, init: { method?: string; body?: unknown } = {}): Promise<T> {
  const response = await fetch(`/api${path}`, {
    method: init.method ?? 'GET',
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${localStorage.getItem(storage) ?? ''}`,
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  const text = await response.text();
  const body = text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  if (!response.ok) throw new ApiProblem(response.status, typeof body === 'object' ? body : { detail: body });
  return body;
}
