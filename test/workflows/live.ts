import { Client, Connection } from '@temporalio/client';
import type { EffectServices } from '../../activities/effects/effect.ts';
import { realClock } from '../../config/clock.ts';
import { createLogger } from '../../config/log.ts';
import type { DispatchDeps } from '../../delivery/dispatch/deps.ts';
import { dataConverter } from '../../delivery/payloads.ts';
import { openQueues } from '../../delivery/queues.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { noDocuments } from '../support/documents.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';

/** A store, queues and a real Temporal in real time; workers and dispatchers are the test's. */
export interface Live extends DispatchDeps {
  environment: TestEnvironment;
  services: EffectServices;
  queues: EffectServices['queues'];
  close(): Promise<void>;
}

export async function openLive(): Promise<Live> {
  const environment = await testEnvironment();
  await connectStore(environment.mongoUri);
  await ensureIndexes();
  const queues = openQueues({ redisUrl: environment.redisUrl, prefix: environment.redisPrefix });
  const log = createLogger(environment.config, 'test');
  const connection = await Connection.connect({ address: environment.temporalAddress });
  return {
    environment,
    services: { clock: realClock, queues, log, httpAllowedHosts: [], documents: noDocuments },
    client: new Client({ connection, dataConverter }),
    taskQueue: environment.taskQueue,
    queues,
    log,
    async close() {
      await connection.close();
      await queues.close();
      await closeStore();
      await environment.close();
    },
  };
}
