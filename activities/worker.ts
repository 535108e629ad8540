import { NativeConnection, Worker } from '@temporalio/worker';
import type { Config } from '../config/config.ts';
import { dataConverter } from '../delivery/payloads.ts';
import type { EffectServices } from './effects/effect.ts';
import { createActivities } from './index.ts';
import { workflowCode } from './workflow-code.ts';

export interface RunningWorker {
  /** Resolves when the worker has stopped, rejects when it failed. */
  readonly done: Promise<void>;
  /** Stops taking work, lets what runs come to an end within the bound, and closes the connection. */
  stop(): Promise<void>;
}

/**
 * Connects to Temporal and starts to work off the installation's task queue.
 * @throws when Temporal cannot be reached
 */
export async function startWorker(config: Pick<Config, 'temporal'>, services: EffectServices): Promise<RunningWorker> {
  const { address, namespace, taskQueue } = config.temporal;
  const connection = await NativeConnection.connect({ address });
  const worker = await createWorker(connection, { namespace, taskQueue }, services);
  const done = worker.run().finally(() => connection.close());
  return {
    done,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
    },
  };
}

/** The worker itself, on a connection of the caller's. */
export async function createWorker(
  connection: NativeConnection,
  { namespace, taskQueue }: { namespace?: string; taskQueue: string },
  services: EffectServices,
): Promise<Worker> {
  return await Worker.create({
    connection,
    ...(namespace !== undefined && { namespace }),
    taskQueue,
    ...workflowCode(),
    dataConverter,
    activities: createActivities(services),
    // A full cohort that sleeps costs some 4 MB; what is not in the cache is replayed when something comes for it.
    maxCachedWorkflows: 250,
    maxConcurrentLocalActivityExecutions: 50,
    maxConcurrentActivityTaskExecutions: 100,
    shutdownGraceTime: '5 seconds',
    shutdownForceTime: '15 seconds',
  });
}
