import { setTimeout as pause } from 'node:timers/promises';
import { VoronkaError } from '../../engine/errors/error.ts';
import { signalGroup } from './child.ts';
import { processIdentity } from './identity.ts';
import type { KnownProcess, ServersState } from './state.ts';

/**
 * Makes sure that nobody else uses the data folder: ends servers that outlived a start which was killed.
 * @throws VoronkaError ALREADY_RUNNING when the process that started them lives
 */
export async function endLeftovers(state: ServersState, grace: number): Promise<void> {
  if (state.owner && state.owner.pid !== process.pid && (await lives(state.owner))) {
    throw new VoronkaError(
      'ALREADY_RUNNING',
      `Voronka already runs on this data folder, as process ${state.owner.pid}: stop it first`,
    );
  }
  const left = Object.values(state.servers).flatMap((server) => server.process ?? []);
  await Promise.all(left.map((known) => end(known, grace)));
}

async function end(known: KnownProcess, grace: number): Promise<void> {
  if (!(await lives(known))) return;
  signalGroup(known.pid, 'SIGTERM');
  const deadline = performance.now() + grace;
  while (performance.now() < deadline && signalGroup(known.pid, 0)) await pause(100);
  signalGroup(known.pid, 'SIGKILL');
}

async function lives(known: KnownProcess): Promise<boolean> {
  return (await processIdentity(known.pid)) === known.identity;
}
