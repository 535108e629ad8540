import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  path: string;
  body?: unknown;
  /** Key of the user in whose name it is done. */
  user?: string;
}

/** The API as an integration sees it: plain HTTP, an idempotency key for each request, repeated when it did not go through. */
export class DemoClient {
  readonly #url: string;
  readonly #apiKey: string;

  constructor(running: { url: string; apiKey: string }) {
    this.#url = running.url;
    this.#apiKey = running.apiKey;
  }

  /** @throws Error with the API's own words when it refuses */
  async post(path: string, body: unknown): Promise<unknown> {
    return await this.call({ method: 'POST', path, body });
  }

  /** @returns the answer's JSON @throws Error with the API's own words when it refuses */
  async call(call: Call): Promise<unknown> {
    const key = randomUUID();
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#send(call, key);
      if (response?.ok) return response.status === 204 ? null : await response.json();
      const wait = response === undefined ? 1 : Number(response.headers.get('retry-after') ?? Number.NaN);
      if (attempt === 5 || Number.isNaN(wait)) {
        throw new Error(
          `${call.path}: ${response === undefined ? 'Voronka does not answer; run `npm start` first' : await response.text()}`,
        );
      }
      await pause(wait * 1_000);
    }
  }

  async #send({ method, path, body, user }: Call, key: string): Promise<Response | undefined> {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${this.#apiKey}`,
      'idempotency-key': key,
      ...(user !== undefined && { 'x-voronka-user': user }),
    };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    return fetch(`${this.#url}${path}`, init).catch(() => undefined);
  }
}
