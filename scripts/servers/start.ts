import type { Child } from './child.ts';
import { type Claim, STOP_GRACE_MS } from './claim.ts';
import { mongodb } from './mongodb.ts';
import { type RunningServer, startOne, takeGiven } from './one.ts';
import { freePort } from './ports.ts';
import { redis } from './redis.ts';
import type { Toolbox } from './sources.ts';
import type { Ports, ServerSpecification } from './specification.ts';
import { temporal } from './temporal.ts';

const specifications: readonly ServerSpecification[] = [temporal, mongodb, redis];

export interface ServersOptions {
  /** On the folder where the servers keep their data and logs. */
  claim: Claim;
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
 * @throws VoronkaError SERVER_NOT_FOUND; nothing is left running then
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
  { claim, toolbox, ports: kind }: ServersOptions,
): Promise<{ servers: RunningServer[]; stop: () => Promise<void> }> {
  const children: Child[] = [];
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop(STOP_GRACE_MS)));
  };
  const starts: Promise<RunningServer>[] = [];
  for (const specification of wanted) {
    const { name } = specification;
    const last = claim.last[name];
    const usual = kind === 'usual' ? specification.usualPorts : {};
    // Chosen one after the other, so that no two servers are given the same port.
    const ports = await choosePorts(specification, { ...usual, ...last?.ports });
    const begun = (child: Child, source: string) => {
      children.push(child);
      claim.choose(name, { source, ports });
      return claim.remember(name, child.pid);
    };
    starts.push(startOne(specification, ports, last?.source, { dataFolder: claim.dataFolder, toolbox, begun }));
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
