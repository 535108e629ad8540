import { freePort } from '../../scripts/servers/ports.ts';
import { type Running, runBuilt } from '../e2e/processes.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { eventually } from '../support/poll.ts';

/** The product as `npm start` runs it, with servers, a database and a mailbox of its own. */
export interface Product {
  url: string;
  key: string;
  /** Its database. */
  mongoUri: string;
  /** Calls the API. @throws when the answer is not 2xx */
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

export async function startProduct(): Promise<Product> {
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const environment: TestEnvironment = await testEnvironment({
    PORT: String(port),
    PUBLIC_URL: url,
    // Without a relay all mail goes to the built-in mailbox.
    SMTP_URL: '',
    MAILBOX_SMTP_PORT: String(await freePort(0)),
  });
  const processes: Running[] = ['api/main.js', 'worker.js'].map((script) => runBuilt(script, environment.env));
  const key = environment.apiKey;
  const call: Product['call'] = async (method, path, body) => {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? {} : JSON.parse(text);
  };
  const stop = async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await environment.close();
  };
  try {
    await eventually(async () => (await fetch(`${url}/readyz`)).ok, { within: 60_000, every: 200 });
  } catch (error) {
    const printed = processes.map((process) => process.output()).join('');
    await stop();
    throw new Error(`the product did not start:\n${printed}`, { cause: error });
  }
  return { url, key, mongoUri: environment.mongoUri, call, stop };
}
