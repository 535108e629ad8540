import { setTimeout as pause } from 'node:timers/promises';
import { VoronkaError } from '../../engine/errors/error.ts';
import { signalGroup } from './child.ts';
import { processIdentity } from './identity.ts';
import { type KnownProcess, readState, type ServerState, type ServersState, writeState } from './state.ts';

/** The right of one process to run servers on a data folder, and the memory that goes with it. */
export interface Claim {
  /** What the last start used, by server. */
  last: ServersState['servers'];
  /** Notes a running server, so that the next start can end it if this one is killed. */
  remember(name: string, pid: number, server: Omit<ServerState, 'process'>): Promise<void>;
  /** Notes that all servers have ended. */
  release(): void;
}

/**
 * Takes the folder for this process and ends servers that outlived a start which was killed.
 * @param grace milliseconds that those get to end by themselves
 * @throws VoronkaError ALREADY_RUNNING when the process that has the folder lives
 */
export async function claim(dataFolder: string, grace: number): Promise<Claim> {
  const before = readState(dataFolder);
  if (before.owner && before.owner.pid !== process.pid && (await lives(before.owner))) {
    throw new VoronkaError(
      'ALREADY_RUNNING',
      `Voronka already runs on ${dataFolder}, as process ${before.owner.pid}: use that one or stop it first`,
    );
  }
  const leftovers = Object.values(before.servers).flatMap((server) => server.process ?? []);
  await Promise.all(leftovers.map((known) => end(known, grace)));
  const owner = await identify(process.pid);
  let servers: ServersState['servers'] = stopped(before.servers);
  const save = () => writeState(dataFolder, { ...(owner && { owner }), servers });
  save();
  return {
    last: before.servers,
    async remember(name, pid, server) {
      const known = await identify(pid);
      servers = { ...servers, [name]: { ...server, ...(known && { process: known }) } };
      save();
    },
    release: () => writeState(dataFolder, { servers: stopped(servers) }),
  };
}

function stopped(servers: ServersState['servers']): ServersState['servers'] {
  return Object.fromEntries(Object.entries(servers).map(([name, { source, ports }]) => [name, { source, ports }]));
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

async function identify(pid: number): Promise<KnownProcess | undefined> {
  const identity = await processIdentity(pid);
  return identity === undefined ? undefined : { pid, identity };
}
