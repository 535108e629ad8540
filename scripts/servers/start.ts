import type { Child } from './child.ts';
import { claim } from './claim.ts';
import { mongodb } from './mongodb.ts';
import { type RunningServer, startOne, takeGiven } from './one.ts';
import { freePort } from './ports.ts';
import { redis } from './redis.ts';
import type { Toolbox } from './sources.ts';
import type { Ports, ServerSpecification } from './specification.ts';
import { temporal } from './temporal.ts';

const specifications: readonly ServerSpecification[] = [temporal, mongodb, redis];
const STOP_GRACE_MS = 15_000;

export interface ServersOptions {
  /** Where the servers keep their data, logs and state. */
  dataFolder: string;
  env: NodeJS.ProcessEnv;
  toolbox: Toolbox;
  /** `usual`: each server's well-known port where it is free; `free`: any. The ports of the last start come first. */
  ports: 'usual' | 'free';
}

export interface RunningServers {
  servers: readonly RunningServer[];
  /** Their addresses as environment variables. */
  env: Record<string, string>;
  /** Ends what was started, and only that. */
  stop(): Promise<void>;
}

/**
 * Brings up Temporal, MongoDB and Redis: those in the environment are taken, the others are found and started.
 * @throws VoronkaError SERVER_NOT_FOUND | ALREADY_RUNNING; nothing is left running then
 */
export async function startServers(options: ServersOptions): Promise<RunningServers> {
  const given = await Promise.all(
    specifications.flatMap((specification) => {
      const address = options.env[specification.variable];
      return address ? takeGiven(specification, address, options.toolbox.signal) : [];
    }),
  );
  const wanted = specifications.filter(({ variable }) => !options.env[variable]);
  const started = await startAll(wanted, options);
  const servers = [...given, ...started.servers];
  const env = Object.fromEntries(servers.map(({ variable, address }) => [variable, address]));
  return { servers, env, stop: started.stop };
}

async function startAll(
  wanted: readonly ServerSpecification[],
  options: ServersOptions,
): Promise<{ servers: RunningServer[]; stop: () => Promise<void> }> {
  if (wanted.length === 0) return { servers: [], stop: async () => undefined };
  const folder = await claim(options.dataFolder, STOP_GRACE_MS);
  const children: Child[] = [];
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop(STOP_GRACE_MS)));
    folder.release();
  };
  const starts: Promise<RunningServer>[] = [];
  for (const specification of wanted) {
    const last = folder.last[specification.name];
    const usual = options.ports === 'usual' ? specification.usualPorts : {};
    // Chosen one after the other, so that no two servers are given the same port.
    const ports = await choosePorts(specification, { ...usual, ...last?.ports });
    starts.push(
      startOne(specification, ports, last?.source, options, (child, source) => {
        children.push(child);
        return folder.remember(specification.name, child.pid, { source, ports });
      }),
    );
  }
  const settled = await Promise.allSettled(starts);
  const failure = settled.find((result) => result.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  return { servers: settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])), stop };
}

async function choosePorts({ usualPorts }: ServerSpecification, wishes: Ports): Promise<Ports> {
  const chosen: Ports = {};
  for (const name of Object.keys(usualPorts)) chosen[name] = await freePort(wishes[name] ?? 0);
  return chosen;
}
