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
import { cohortRoom } from '../workflows/messages.ts';
import type { Benchmark } from './frame/benchmark.ts';
import { startProcess } from './frame/processes.ts';
import { median } from './frame/rounds.ts';
import { answered, fillCohorts, memoryOf, terminateAll } from './frame/sleeping.ts';
import { openStage, type Stage } from './frame/stage.ts';

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
      await answered(await fillCohorts(1, 1, asleep, stage), stage);
      const idle = memoryOf(worker);
      const workflows = await fillCohorts(count, cohortRoom.instances, asleep, stage);
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
          Cohorts: `${workflows.length}, each at most ${cohortRoom.instances}`,
          Instance: `waits for 30 days or an event; ${JSON.stringify(asleep().state).length} characters of state`,
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

/** An instance that has just begun to wait. */
function asleep(): { state: InstanceState; wake: number | null } {
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
  const { state: waiting, deadline } = advance(sleeper, state, { type: 'started', at: now }, context, now);
  return { state: waiting, wake: deadline };
}
