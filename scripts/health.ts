import { hostname } from 'node:os';
import { Client, Connection } from '@temporalio/client';
import { type Config, loadConfig } from '../config/config.ts';

/** temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, whose package is not ours to import. */
const WORKFLOW_TASKS = 1;

/** Health check of a container: `node dist/scripts/health.js worker|api` ends with 0 when that process of this host serves. */
const checks: Readonly<Record<string, (config: Config) => Promise<boolean>>> = { api, worker };

async function api({ http }: Config): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${http.port}/healthz`)).ok;
}

/** A worker serves when Temporal has lately been asked for tasks from this host: the default identity is `pid@host`. */
async function worker({ temporal }: Config): Promise<boolean> {
  const connection = await Connection.connect({ address: temporal.address });
  try {
    const client = new Client({ connection, namespace: temporal.namespace });
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: temporal.namespace,
      taskQueue: { name: temporal.taskQueue },
      taskQueueType: WORKFLOW_TASKS,
    });
    return (pollers ?? []).some(({ identity }) => identity?.endsWith(`@${hostname()}`));
  } finally {
    await connection.close();
  }
}

const [, , what = ''] = process.argv;
const check = checks[what];
if (check === undefined) throw new Error(`say which process: ${Object.keys(checks).join(' or ')}`);
process.exit((await check(loadConfig(process.env))) ? 0 : 1);
