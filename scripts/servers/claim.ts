import { setTimeout as pause } from 'node:timers/promises';
import { VoronkaError } from '../../engine/errors/error.ts';
import { signalGroup } from './child.ts';
import { identify, lives } from './identity.ts';
import { type KnownProcess, type RunState, readState, type ServerChoice, writeState } from './state.ts';

/** What processes get to end by themselves after SIGTERM, in milliseconds. */
export const STOP_GRACE_MS = 15_000;

/** The right of this process to run others on a data folder, and the memory that goes with it. */
export interface Claim {
  dataFolder: string;
  /** What each server was last started with. */
  last: RunState['servers'];
  /** Notes with what a server is started now. */
  choose(name: string, choice: ServerChoice): void;
  /** Notes a process that runs, so that the next start can end it if this one is killed. */
  remember(name: string, pid: number): Promise<void>;
  /** Notes that all have ended. */
  release(): void;
}

/**
 * Takes the folder for this process and ends what outlived a start that was killed.
 * @throws VoronkaError ALREADY_RUNNING when the process that has the folder lives
 */
export async function claim(dataFolder: string): Promise<Claim> {
  const before = readState(dataFolder);
  if (before.owner && before.owner.pid !== process.pid && (await lives(before.owner))) {
    throw new VoronkaError(
      'ALREADY_RUNNING',
      `Voronka already runs on ${dataFolder}, as process ${before.owner.pid}: use that one or stop it first`,
    );
  }
  await Promise.all(Object.values(before.processes).map(endLeftover));
  const owner = await identify(process.pid);
  const state: RunState = { ...(owner && { owner }), processes: {}, servers: { ...before.servers } };
  const save = () => writeState(dataFolder, state);
  save();
  return {
    dataFolder,
    last: before.servers,
    choose(name, choice) {
      state.servers[name] = choice;
      save();
    },
    async remember(name, pid) {
      const known = await identify(pid);
      if (known) state.processes[name] = known;
      save();
    },
    release: () => writeState(dataFolder, { processes: {}, servers: state.servers }),
  };
}

async function endLeftover(known: KnownProcess): Promise<void> {
  if (!(await lives(known))) return;
  signalGroup(known.pid, 'SIGTERM');
  const deadline = performance.now() + STOP_GRACE_MS;
  while (performance.now() < deadline && signalGroup(known.pid, 0)) await pause(100);
  signalGroup(known.pid, 'SIGKILL');
}
