import { readFileSync } from 'node:fs';
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { eachAtMost } from '../../delivery/dispatch/concurrency.ts';
import type { Instance } from '../../engine/model/state.ts';
import type { Child } from '../../scripts/servers/child.ts';
import { newId } from '../../store/id.ts';
import { type CohortInput, type CohortView, cohortRoom, cohortWorkflow, stateQuery } from '../../workflows/messages.ts';
import { until } from './poll.ts';
import type { Stage } from './stage.ts';

/** Megabytes resident. */
export function memoryOf({ pid }: Child): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}

/** An instance that waits. `wake`: real epoch ms. */
export interface Sleeper {
  state: Instance;
  wake: number | null;
}

/** Starts cohorts of so many instances that wait already. @returns the ids of the workflows */
export async function fillCohorts(
  count: number,
  perCohort: number,
  waiting: () => Sleeper,
  { client, config }: Stage,
): Promise<string[]> {
  const sizes = Array.from({ length: Math.ceil(count / perCohort) }, (_, n) =>
    Math.min(perCohort, count - n * perCohort),
  );
  const workflows: string[] = [];
  await eachAtMost(20, sizes, async (size) => {
    const hosted = Array.from({ length: size }, () => {
      const { state, wake } = waiting();
      return { id: state.id, wake, state: JSON.stringify(state) };
    });
    const workflowId = `sleepers-${newId()}`;
    await client.workflow.start<(input: CohortInput) => Promise<void>>(cohortWorkflow, {
      workflowId,
      taskQueue: config.temporal.taskQueue,
      args: [{ entrants: [], carried: { turn: 1, hosted, arrivals: [], slow: [], settle: [] }, room: cohortRoom }],
    });
    workflows.push(workflowId);
  });
  return workflows;
}

/** Resolves when each workflow has said what it remembers. */
export async function answered(workflows: readonly string[], { client }: Stage): Promise<void> {
  await eachAtMost(20, workflows, async (workflowId) => {
    await until(`an answer of ${workflowId}`, async () => {
      try {
        const { hosted } = await client.workflow.getHandle(workflowId).query<CohortView>(stateQuery);
        return hosted.length > 0;
      } catch (error) {
        // While no worker polls, queries run out of time.
        if (error instanceof ServiceError || isGrpcServiceError(error)) return false;
        throw error;
      }
    });
  });
}

/** Sleepers would stay on a server that is not ours. */
export async function terminateAll({ client, config }: Stage): Promise<void> {
  const query = `TaskQueue = '${config.temporal.taskQueue}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId } of client.workflow.list({ query })) {
    await client.workflow.getHandle(workflowId).terminate('the benchmark is over');
  }
}
