import type { Child } from './child.ts';
import { processIdentity } from './identity.ts';
import { endLeftovers } from './leftovers.ts';
import { mongodb } from './mongodb.ts';
import { type RunningServer, startOne, takeGiven } from './one.ts';
import { freePort } from './ports.ts';
import { redis } from './redis.ts';
import type { Toolbox } from './sources.ts';
import type { Ports, ServerName, ServerSpecification } from './specification.ts';
import { readState, type ServerState, writeState } from './state.ts';
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
  /** The addresses as environment variables. */
  env: Record<string, string>;
  /** Ends what was started, and only that. */
  stop(): Promise<void>;
}

/**
 * Brings up Temporal, MongoDB and Redis: those in the environment are taken, the others are found and started.
 * @throws VoronkaError SERVER_NOT_FOUND | ALREADY_RUNNING; nothing is left running then
 */
export async function startServers(options: ServersOptions): Promise<RunningServers> {
  const { dataFolder, toolbox } = options;
  const state = readState(dataFolder);
  await endLeftovers(state, STOP_GRACE_MS);
  const owner = await known(process.pid);
  writeState(dataFolder, { ...(owner && { owner }), servers: state.servers });

  const plans = new Map<ServerName, Ports>();
  for (const specification of specifications) {
    plans.set(specification.name, await choosePorts(specification, state.servers[specification.name], options.ports));
  }
  const children: Child[] = [];
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop(STOP_GRACE_MS)));
    const { servers } = readState(dataFolder);
    writeState(dataFolder, {
      servers: Object.fromEntries(
        Object.entries(servers).map(([name, { source, ports }]) => [name, { source, ports }]),
      ),
    });
  };
  const settled = await Promise.allSettled(
    specifications.map(async (specification): Promise<RunningServer> => {
      const given = options.env[specification.variable];
      if (given) return takeGiven(specification, given);
      const { name } = specification;
      const running = await startOne(
        specification,
        plans.get(name) ?? {},
        state.servers[name]?.source,
        options,
        children,
      );
      const process = running.started && (await known(running.started.child.pid));
      const now = readState(dataFolder);
      const entry = {
        source: running.started?.source ?? '',
        ports: running.started?.ports ?? {},
        ...(process && { process }),
      };
      writeState(dataFolder, { ...now, servers: { ...now.servers, [name]: entry } });
      return running;
    }),
  );
  const failure = settled.find((result) => result.status === 'rejected');
  if (failure || toolbox.signal.aborted) {
    await stop();
    throw failure?.reason ?? toolbox.signal.reason;
  }
  const servers = settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const env = Object.fromEntries(
    specifications.map(({ name, variable }) => [
      variable,
      servers.find((server) => server.name === name)?.address ?? '',
    ]),
  );
  return { servers, env, stop };
}

async function choosePorts(
  { preferredPorts }: ServerSpecification,
  last: ServerState | undefined,
  ports: 'usual' | 'free',
): Promise<Ports> {
  const chosen: Ports = {};
  for (const [name, usual] of Object.entries(preferredPorts)) {
    chosen[name] = await freePort(last?.ports[name] ?? (ports === 'usual' ? usual : 0));
  }
  return chosen;
}

async function known(pid: number): Promise<{ pid: number; identity: string } | undefined> {
  const identity = await processIdentity(pid);
  return identity === undefined ? undefined : { pid, identity };
}
