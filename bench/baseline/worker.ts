import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { eachAtMost } from '../../delivery/dispatch/concurrency.ts';
import { makeContacts } from '../frame/people.ts';
import { untilHandWritten } from '../frame/progress.ts';
import { perSecond } from '../frame/rounds.ts';
import type { Stage } from '../frame/stage.ts';
import { timerMs } from '../journey.ts';
import * as activities from './activities.ts';
import type { handWritten as workflow } from './workflow.ts';

/** Requests for a new workflow that are under way at the same time, for us and for the baseline. */
export const startsAtOnce = 20;

const queueOf = ({ config }: Stage): string => `${config.temporal.taskQueue}-baseline`;

/** Id of the workflow that is written by hand for a contact. */
export function baselineId(contactId: string): string {
  return `hand-written-${contactId}`;
}

/** A worker for the hand-written workflow, tuned like ours. @returns what stops it */
export async function startBaseline(stage: Stage): Promise<() => Promise<void>> {
  const { address, namespace } = stage.config.temporal;
  const connection = await NativeConnection.connect({ address });
  const source = fileURLToPath(new URL('./workflow.ts', import.meta.url));
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: queueOf(stage),
    workflowsPath: existsSync(source) ? source : source.replace(/\.ts$/, '.js'),
    activities,
    maxCachedWorkflows: 600,
    maxConcurrentActivityTaskExecutions: 100,
    shutdownGraceTime: '5 seconds',
    shutdownForceTime: '15 seconds',
  });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
    await connection.close();
  };
}

/** Runs the hand-written workflow for so many contacts. @returns journeys a second, from the first start to the last effect */
export async function handWritten(count: number, stage: Stage): Promise<number> {
  const contacts = await makeContacts(count);
  return await perSecond(count, async () => {
    await startEach(contacts, stage);
    await untilHandWritten(contacts);
  });
}

/** Starts the hand-written workflow of each contact. */
export async function startEach(contacts: readonly string[], stage: Stage): Promise<void> {
  await eachAtMost(startsAtOnce, contacts, async (contactId) => {
    await stage.client.workflow.start<typeof workflow>('handWritten', {
      workflowId: baselineId(contactId),
      taskQueue: queueOf(stage),
      args: [contactId, timerMs],
    });
  });
}
