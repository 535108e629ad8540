import { setTimeout as pause } from 'node:timers/promises';
import { intakeDoc } from '../../delivery/intake/items.ts';
import { submitIntake } from '../../delivery/intake/submit.ts';
import { newId } from '../../store/id.ts';
import { Clocks } from '../../store/models/clock.ts';
import type { IntakeItem } from '../../store/models/intake.ts';
import { saveUser } from '../../store/users.ts';
import type { Figure, ServerSetting } from '../frame/benchmark.ts';
import { until } from '../frame/poll.ts';
import { publish } from '../frame/publish.ts';
import { type Runtime, startRuntime } from '../frame/runtime.ts';
import { terminateAll } from '../frame/sleeping.ts';
import { openStage } from '../frame/stage.ts';
import { office, policy } from './ticket.ts';

/** Real milliseconds between two looks at the clocks. */
export const lookMs = 5;

/** Tickets are answered one after the other, each when the clock of the one before has stopped. */
export async function repliesUntilStopped(
  perRound: number,
  setting: ServerSetting,
): Promise<{ p50: Figure; p95: Figure }> {
  const name = 'From an accepted reply to the stopped clock';
  const p50: Figure = { name: `${name}, p50`, unit: 'ms', rounds: [] };
  const p95: Figure = { name: `${name}, p95`, unit: 'ms', rounds: [] };
  const stage = await openStage(setting.servers);
  const runtime = await startRuntime(stage);
  try {
    await Promise.all([publish(office), publish(policy)]);
    await saveUser({
      _id: 'anna',
      name: 'Anna',
      role: 'agent',
      language: 'en',
      active: true,
      skills: [],
      absences: [],
    });
    for (let round = 0; round < setting.rounds; round += 1) {
      const tickets = await opened(perRound, runtime);
      const times: number[] = [];
      for (const ticketId of tickets) times.push(await stopped(ticketId, runtime));
      times.sort((a, b) => a - b);
      p50.rounds.push(percentile(times, 0.5));
      p95.rounds.push(percentile(times, 0.95));
      setting.say(
        `  round ${round + 1}: p50 ${p50.rounds.at(-1)?.toFixed(0)} ms, p95 ${p95.rounds.at(-1)?.toFixed(0)} ms`,
      );
    }
    return { p50, p95 };
  } finally {
    await runtime.stop();
    await terminateAll(stage);
    await stage.close();
  }
}

/** Tickets whose clocks run. */
async function opened(count: number, runtime: Runtime): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  const who = (id: string) => ({ email: `${id}@example.com`, channel: 'email', subject: 'The order has not come' });
  await submit(
    ids.map((id) => ticketItem(id, { do: 'open', ...who(id), message: { text: 'Where is it?' } })),
    runtime,
  );
  for (const id of ids) {
    await until(
      `the clocks of ${id}`,
      async () => (await Clocks.exists({ _id: id, 'clocks.0': { $exists: true } })) !== null,
    );
  }
  return ids;
}

/** Answers a ticket. @returns milliseconds until its first clock is seen to have stopped */
async function stopped(ticketId: string, runtime: Runtime): Promise<number> {
  const said = { do: 'say', ticketId, by: 'user:anna', message: { text: 'On its way.' } };
  await submit([ticketItem(newId(), said)], runtime);
  const accepted = performance.now();
  for (;;) {
    const doc = await Clocks.findById(ticketId, { clocks: 1 }).lean();
    if (doc?.clocks.some(({ target, status }) => target === 'first-response' && status === 'met')) break;
    if (performance.now() - accepted > 60_000) throw new Error(`the clock of ${ticketId} does not stop`);
    await pause(lookMs);
  }
  return performance.now() - accepted;
}

function ticketItem(id: string, body: IntakeItem['body']): IntakeItem {
  return { kind: 'ticket', id, body, source: 'bench' };
}

async function submit(items: IntakeItem[], { queues }: Runtime): Promise<void> {
  await submitIntake(queues.intake, [intakeDoc(newId(), items, Date.now())]);
}

/** The smallest of the sorted values that so large a share of them does not exceed. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}
