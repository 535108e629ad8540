import { NativeConnection } from '@temporalio/worker';
import { createWorker } from '../../activities/worker.ts';
import { realClock } from '../../config/clock.ts';
import { createLogger } from '../../config/log.ts';
import { startDispatcher } from '../../delivery/dispatch/dispatcher.ts';
import { DocumentMaker } from '../../delivery/documents/maker.ts';
import { RenderPool } from '../../delivery/documents/pool.ts';
import { startIntake } from '../../delivery/intake/consumer.ts';
import { LiveLibrary } from '../../delivery/library.ts';
import { openQueues, type Queues } from '../../delivery/queues.ts';
import type { Stage } from './stage.ts';

export interface Runtime {
  queues: Queues;
  stop(): Promise<void>;
}

/** The worker that hosts cohorts, in this process. */
export async function startHost({ config }: Stage): Promise<Runtime> {
  const queues = openQueues({ redisUrl: config.redis.url, prefix: config.redis.prefix });
  const log = createLogger(config, 'bench');
  const connection = await NativeConnection.connect({ address: config.temporal.address });
  const documents = new DocumentMaker(new Map(), new RenderPool());
  const services = { clock: realClock, queues, log, httpAllowedHosts: [], documents };
  const worker = await createWorker(connection, config.temporal, services);
  const running = worker.run();
  return {
    queues,
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
      await queues.close();
    },
  };
}

/** Intake, dispatcher and host: all that carries an enrolment to its end. */
export async function startRuntime(stage: Stage): Promise<Runtime> {
  const host = await startHost(stage);
  const { queues } = host;
  const log = createLogger(stage.config, 'bench');
  const onError = (error: unknown) => log.error({ err: error }, 'the intake failed');
  const { taskQueue } = stage.config.temporal;
  const consumers = await Promise.all([
    startIntake({ queues, library: new LiveLibrary(), clock: realClock, onError }),
    startDispatcher({ client: stage.client, taskQueue, queues, log }),
  ]);
  return {
    queues,
    async stop() {
      await Promise.all(consumers.map((consumer) => consumer.close()));
      await host.stop();
    },
  };
}
