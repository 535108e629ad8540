import { createServer, type Server } from 'node:http';
import { pino } from 'pino';
import { expect } from 'vitest';
import { createApi } from '../../api/app.ts';
import type { ApiSettings } from '../../api/deps.ts';
import { realClock } from '../../config/clock.ts';
import { DocumentMaker } from '../../delivery/documents/maker.ts';
import { RenderPool } from '../../delivery/documents/pool.ts';
import { IntakeConsumer, startIntake } from '../../delivery/intake/consumer.ts';
import { LiveLibrary } from '../../delivery/library.ts';
import { type Consumer, openQueues, type Queues } from '../../delivery/queues.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { type Call, caller } from '../support/call.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';

/** A running API with an intake behind it, for one test file. */
export interface ApiBench {
  environment: TestEnvironment;
  queues: Queues;
  url: string;
  errors: unknown[];
  call: Call;
  /** Starts a consumer, as the worker would. */
  work(): Promise<void>;
  /** Applies what is pending, once. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

type BenchSettings = Partial<Pick<ApiSettings, 'formsPerMinute' | 'webhooks' | 'documents' | 'forecastScript'>>;

export async function apiBench(settings: BenchSettings = {}): Promise<ApiBench> {
  const environment = await testEnvironment();
  await connectStore(environment.mongoUri);
  await ensureIndexes();
  const queues = openQueues({ redisUrl: environment.redisUrl, prefix: environment.redisPrefix });
  const library = new LiveLibrary();
  const errors: unknown[] = [];
  const app = createApi({
    apiKeys: ['another-key-of-the-house', environment.apiKey],
    clock: realClock,
    queues,
    library,
    documents: new DocumentMaker(new Map(), new RenderPool()),
    log: pino({ level: 'silent' }),
    publicUrl: 'http://localhost',
    ...settings,
  });
  const server = await listen(createServer(app));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const url = `http://127.0.0.1:${address.port}`;
  const consumers: Consumer[] = [];
  const deps = { queues, library, clock: realClock, onError: (error: unknown) => void errors.push(error) };
  return {
    environment,
    queues,
    url,
    errors,
    call: caller(url, environment.apiKey),
    async work() {
      consumers.push(await startIntake(deps, 500));
    },
    async drain() {
      await new IntakeConsumer(deps).drain();
    },
    async close() {
      for (const consumer of consumers) await consumer.close();
      await new Promise((resolve) => server.close(resolve));
      await queues.close();
      await closeStore();
      await environment.close();
    },
  };
}

/**
 * Does something to the things under a path such as `/api/deals`; what takes too long on a busy machine is waited for as a client
 * would, and answers the thing as it is then.
 * @param usual headers where a call gives none
 */
export function acting(api: () => ApiBench, things: string, usual: Record<string, string> = {}) {
  return async (method: string, path: string, body?: unknown, headers = usual) => {
    const answer = await api().call(method, path === '' ? things : `${things}/${path}`, body, headers);
    if (answer.status !== 202) return answer;
    const receipt = async () => (await api().call('GET', `/api/intake/${answer.body.id}`)).body;
    await expect.poll(async () => (await receipt()).status, { timeout: 30_000 }).not.toBe('pending');
    const [problem] = (await receipt()).problems;
    if (problem === undefined) return await api().call('GET', `${things}/${path.split('/')[0] || answer.body.id}`);
    return { ...answer, status: new VoronkaError(problem.code, '').status, body: problem };
  };
}

async function listen(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
