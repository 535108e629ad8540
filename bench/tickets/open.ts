import { maxClocks } from '../../delivery/intake/cohorts.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import type { Figure, ServerSetting } from '../frame/benchmark.ts';
import { startProcess } from '../frame/processes.ts';
import { answered, fillCohorts, memoryOf, terminateAll } from '../frame/sleeping.ts';
import { openStage, type Stage } from '../frame/stage.ts';
import { waiting } from './ticket.ts';

const graceMs = 30_000;

/** What a worker and Temporal keep of open tickets. */
export async function openTickets(
  count: number,
  setting: ServerSetting,
): Promise<{ figures: Figure[]; perTicket: number; history: number }> {
  const stage = await openStage(setting.servers, { MAILBOX_SMTP_PORT: `${await freePort(0)}` });
  const worker = await startProcess('worker.js', stage.env, stage);
  try {
    await answered(await fillCohorts(1, 1, waiting, stage), stage);
    const idle = memoryOf(worker);
    const workflows = await fillCohorts(count, maxClocks, waiting, stage);
    await answered(workflows, stage);
    const full = memoryOf(worker);
    const history = (await historyBytes(workflows, stage)) / 1_024;
    setting.say(
      `  ${Math.round(idle)} MB idle, ${Math.round(full)} MB with ${count} tickets, ${Math.round(history)} kB of history`,
    );
    return {
      figures: [
        { name: 'Resident memory of a worker, no tickets', unit: 'MB', rounds: [idle] },
        { name: `Resident memory, ${count} open tickets`, unit: 'MB', rounds: [full] },
        { name: 'Histories of their cohorts', unit: 'kB', rounds: [history] },
      ],
      perTicket: ((full - idle) * 1_024) / count,
      history: history / count,
    };
  } finally {
    await worker.stop(graceMs);
    await terminateAll(stage);
    await stage.close();
  }
}

async function historyBytes(workflows: readonly string[], { client }: Stage): Promise<number> {
  let bytes = 0;
  for (const workflowId of workflows) {
    const { historySize } = await client.workflow.getHandle(workflowId).describe();
    bytes += historySize ?? 0;
  }
  return bytes;
}
