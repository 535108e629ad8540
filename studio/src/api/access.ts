import { useSyncExternalStore } from 'react';
import { ApiProblem, authorization, call, type Query } from './client.ts';
import { me } from './me.ts';
import { listen } from './stream.ts';

const storage = 'voronka.key';

export type Access = 'open' | 'missing' | 'refused';

let access: Access = localStorage.getItem(storage) === null ? 'missing' : 'open';
const listeners = new Set<() => void>();

function become(next: Access): void {
  access = next;
  for (const listener of listeners) listener();
}

/** Whether there is a key, and whether the API still takes it. */
export function useAccess(): Access {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => access,
  );
}

/** Takes the key out of the address (`#key=…`, as `npm start` prints it), so that it stays in no history or log. */
export function adoptKeyFromAddress(): void {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (!key) return;
  saveKey(key);
  history.replaceState(null, '', location.pathname + location.search);
}

export function saveKey(key: string): void {
  localStorage.setItem(storage, key.trim());
  become('open');
}

export function forgetKey(): void {
  localStorage.removeItem(storage);
  become('missing');
}

async function guarded<T>(path: string, init: Omit<Parameters<typeof call>[1], 'key'>): Promise<T> {
  try {
    return await call<T>(path, { ...init, key: localStorage.getItem(storage) });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) become('refused');
    throw error;
  }
}

/** Reads with the stored key; a refused key shows the key page. @throws as `call` */
export function read<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return guarded<T>(path, { query, ...(signal && { signal }) });
}

/** Changes something with the stored key; under an idempotency key only once. @throws as `call` */
export function change<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  idempotencyKey?: string,
): Promise<T> {
  return guarded<T>(path, { method, body, user: me(), ...(idempotencyKey !== undefined && { idempotencyKey }) });
}

/** Reads the bytes of a file with the stored key; what is asked for by a body is posted. @throws ApiProblem */
export async function readBlob(path: string, body?: unknown): Promise<Blob> {
  const headers = { ...authorization(localStorage.getItem(storage)), 'content-type': 'application/json' };
  const asked = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`/api${path}`, { headers, ...asked });
  if (!response.ok) throw new ApiProblem(response.status, await response.json().catch(() => ({})));
  return await response.blob();
}

/**
 * Follows a stream of server-sent events with the stored key until `signal` ends it; `hear` gets the data of each event as it comes.
 * @throws TypeError when the connection breaks, ApiProblem when it is refused
 */
export function follow(path: string, hear: (data: string) => void, signal: AbortSignal): Promise<void> {
  return listen(path, localStorage.getItem(storage), hear, signal);
}
