import { readFileSync } from 'node:fs';
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { eachAtMost } from '../delivery/dispatch/concurrency.ts';
import { contentHash } from '../engine/hash.ts';
import { defaultPolicy } from '../engine/library.ts';
import type { InstanceState } from '../engine/model/state.ts';
import { advance } from '../engine/process/advance.ts';
import { startInstance } from '../engine/process/start.ts';
import { processSchema } from '../engine/schema/index.ts';
import { ghostContact } from '../engine/simulate/contact.ts';
import type { Child } from '../scripts/servers/child.ts';
import { freePort } from '../scripts/servers/ports.ts';
import { newId } from '../store/id.ts';
import { type CohortInput, type CohortView, cohortWorkflow, stateQuery } from '../workflows/messages.ts';
import type { Benchmark } from './frame/benchmark.ts';
import { until } from './frame/poll.ts';
import { startProcess } from './frame/processes.ts';
import { median } from './frame/rounds.ts';
import { openStage, type Stage } from './frame/stage.ts';

const perCohort = 200;
const graceMs = 30_000;

/** What a worker needs for instances that sleep, and how soon a new one serves them after it was killed. */
export const memory: Benchmark = {
  name: 'memory',
  title: 'A worker with sleeping instances: its memory, and its restart',
  pure: false,
  async run(setting) {
    const count = setting.quick ? 400 : 50_000;
    const stage = await openStage(setting.servers, { MAILBOX_SMTP_PORT: `${await freePort(0)}` });
    let worker = await startWorkerProcess(stage);
    try {
      await answered(await fillCohorts(1, stage), stage);
      const idle = memoryOf(worker);
      const workflows = await fillCohorts(count, stage);
      await answered(workflows, stage);
      const full = memoryOf(worker);
      setting.say(`  ${Math.round(idle)} MB idle, ${Math.round(full)} MB with ${count} instances`);
      const first: number[] = [];
      const all: number[] = [];
      for (let round = 0; round < setting.rounds; round += 1) {
        // Killed, not stopped: nothing is handed over.
        process.kill(worker.pid, 'SIGKILL');
        await worker.ended;
        const begun = performance.now();
        worker = await startWorkerProcess(stage);
        await answered(workflows.slice(0, 1), stage);
        first.push((performance.now() - begun) / 1_000);
        await answered(workflows, stage);
        all.push((performance.now() - begun) / 1_000);
        setting.say(
          `  round ${round + 1}: first answer after ${first.at(-1)?.toFixed(1)} s, all ${all.at(-1)?.toFixed(1)} s`,
        );
      }
      const perInstance = ((full - idle) * 1_024) / count;
      return {
        figures: [
          { name: 'Resident memory, no instances', unit: 'MB', rounds: [idle] },
          { name: `Resident memory, ${count} instances`, unit: 'MB', rounds: [full] },
          { name: 'From the start of a killed worker to its first answer', unit: 's', rounds: first },
          { name: 'To the answers of all cohorts', unit: 's', rounds: all },
        ],
        aims: [
          { name: 'Memory of a sleeping instance', unit: 'kB', value: perInstance },
          { name: 'Restart until all instances are served', unit: 's', value: median(all) },
        ],
        conditions: {
          Instances: count,
          Cohorts: `${workflows.length}, each at most ${perCohort}`,
          Instance: `waits for 30 days or an event; ${JSON.stringify(asleep()).length} characters of state`,
          Served: 'a query is answered, for which a new worker replays the cohort; cohorts as after a continue-as-new',
        },
      };
    } finally {
      await worker.stop(graceMs);
      await terminateAll(stage);
      await stage.close();
    }
  },
};

const sleeper = processSchema.parse({
  kind: 'process',
  key: 'bench-sleeper',
  name: 'Waits for a month',
  triggers: [{ on: 'event', event: 'cart.abandoned' }],
  steps: [{ id: 'ordered', type: 'wait-for-event', event: 'order.placed', within: 'P30D' }],
});
const hash = contentHash(sleeper);

async function startWorkerProcess(stage: Stage): Promise<Child> {
  return await startProcess('worker.js', stage.env, stage);
}

/** Megabytes resident. */
function memoryOf({ pid }: Child): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}

/** Starts cohorts whose instances are asleep already. @returns the ids of the workflows */
async function fillCohorts(count: number, { client, config }: Stage): Promise<string[]> {
  const sizes = Array.from({ length: Math.ceil(count / perCohort) }, (_, n) =>
    Math.min(perCohort, count - n * perCohort),
  );
  const workflows: string[] = [];
  await eachAtMost(20, sizes, async (size) => {
    const hosted = Array.from({ length: size }, () => {
      const state = asleep();
      return { state, wake: state.tokens[0]?.deadline ?? null, size: JSON.stringify(state).length };
    });
    const workflowId = `sleepers-${newId()}`;
    await client.workflow.start<(input: CohortInput) => Promise<void>>(cohortWorkflow, {
      workflowId,
      taskQueue: config.temporal.taskQueue,
      args: [{ entrants: [], carried: { turn: 1, hosted, arrivals: [], slow: [], settle: [] } }],
    });
    workflows.push(workflowId);
  });
  return workflows;
}

/** An instance that has just begun to wait. */
function asleep(): InstanceState {
  const now = Date.now();
  const id = newId();
  const contactId = newId();
  const trigger = {
    id: newId(),
    name: 'cart.abandoned',
    occurredAt: now,
    seq: 1,
    data: { total: 5_000, cartUrl: `https://example.com/cart/${contactId}` },
  };
  const subject = { kind: 'contact' as const, id: contactId, contactId };
  const definition = { key: sleeper.key, version: 1, hash };
  const state = startInstance({ id, process: sleeper, definition, subject, trigger, now, seed: 1 });
  const context = { contact: ghostContact({ id: contactId }, now).contact, calendars: {}, policy: defaultPolicy };
  return advance(sleeper, state, { type: 'started', at: now }, context, now).state;
}

/** Resolves when each workflow has said what it remembers. */
async function answered(workflows: readonly string[], { client }: Stage): Promise<void> {
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
async function terminateAll({ client, config }: Stage): Promise<void> {
  const query = `TaskQueue = '${config.temporal.taskQueue}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId } of client.workflow.list({ query })) {
    await client.workflow.getHandle(workflowId).terminate('the benchmark is over');
  }
}
