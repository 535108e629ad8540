import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** The API as an integration sees it: plain HTTP, an idempotency key for each request, repeated when it did not go through. */
export class DemoClient {
  readonly #url: string;
  readonly #apiKey: string;

  constructor(running: { url: string; apiKey: string }) {
    this.#url = running.url;
    this.#apiKey = running.apiKey;
  }

  /** @throws Error with the API's own words when it refuses */
  async post(path: string, body: unknown): Promise<void> {
    const key = randomUUID();
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#send(path, body, key);
      if (response?.ok) return;
      const wait = response === undefined ? 1 : Number(response.headers.get('retry-after') ?? Number.NaN);
      if (attempt === 5 || Number.isNaN(wait)) {
        throw new Error(
          `${path}: ${response === undefined ? 'Voronka does not answer; run `npm start` first' : await response.text()}`,
        );
      }
      await pause(wait * 1_000);
    }
  }

  async #send(path: string, body: unknown, key: string): Promise<Response | undefined> {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${this.#apiKey}`,
      'idempotency-key': key,
    };
    return fetch(`${this.#url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => undefined);
  }
}
