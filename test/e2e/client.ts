import { eventually } from '../support/poll.ts';

/** A client that knows what the API promises: a request is repeated under its key until it was answered. */
export class PatientClient {
  readonly url: string;
  readonly #apiKey: string;
  /** How many requests got no answer, or one that asks to come again. */
  repeated = 0;

  constructor(url: string, apiKey: string) {
    this.url = url;
    this.#apiKey = apiKey;
  }

  async post(path: string, key: string, body: unknown): Promise<void> {
    const headers = {
      authorization: `Bearer ${this.#apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    };
    await eventually(
      async () => {
        const request = { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000) };
        const answer = await fetch(`${this.url}${path}`, request).catch(() => undefined);
        if (answer?.status === 202) return true;
        this.repeated += 1;
        if (answer !== undefined && answer.status < 500) throw new Error(`${path}: ${await answer.text()}`);
        return false;
      },
      { within: 120_000, every: 200 },
    );
  }
}
