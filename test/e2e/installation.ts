import { type ClockBase, scaledClock, writeBase } from '../../config/clock.ts';
import { packageRoot } from '../../config/root.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { run } from '../../scripts/servers/run.ts';
import { type Answer, type Call, caller } from '../support/call.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { eventually } from '../support/poll.ts';
import { type Running, runBuilt } from './processes.ts';

/** A whole installation as `npm start` makes it, on the test's servers: worker, API, the shipped definitions and people. */
export interface Installation {
  environment: TestEnvironment;
  /** Of the API, without a slash at its end. */
  url: string;
  /** Virtual now. */
  now(): number;
  call: Call;
  /** The same for what must succeed. @returns the body @throws Error with the API's words */
  ask(method: string, path: string, body?: unknown): Promise<Answer['body']>;
  /** Lets time pass while nothing runs: the processes begin anew at that virtual instant. */
  goOnAt(virtual: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param scale virtual seconds per real second
 * @param from the virtual instant at which it begins; not in the past, because documents of the past expire
 */
export async function openInstallation({ scale, from }: { scale: number; from: number }): Promise<Installation> {
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const environment = await testEnvironment({
    PORT: String(port),
    PUBLIC_URL: url,
    VORONKA_TIME_SCALE: String(scale),
  });
  const { env, apiKey, config } = environment;
  await run(process.execPath, [`${packageRoot}/dist/scripts/load-definitions.js`], { env: { ...process.env, ...env } });
  const call = caller(url, apiKey);
  let processes: Running[] = [];
  let base: ClockBase;
  const goOnAt = async (virtual: number) => {
    await Promise.all(processes.map((one) => one.stop()));
    base = { real: Date.now(), virtual, scale };
    writeBase(config.dataFolder, base, 'replace');
    processes = ['worker.js', 'api/main.js'].map((script) => runBuilt(script, env));
    await eventually(async () => (await call('GET', '/api/users')).status === 200, { within: 60_000 });
  };
  await goOnAt(from);
  return {
    environment,
    url,
    now: () => scaledClock(base).now(),
    call,
    goOnAt,
    async ask(method, path, body) {
      const answer = await call(method, path, body);
      if (answer.status < 300) return answer.body;
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    },
    async close() {
      await Promise.all(processes.map((one) => one.stop()));
      await environment.close();
    },
  };
}
