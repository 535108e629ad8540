import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../config/root.ts';
import { type Child, signalGroup } from '../../scripts/servers/child.ts';
import { claim } from '../../scripts/servers/claim.ts';
import { mongodb } from '../../scripts/servers/mongodb.ts';
import { startOne } from '../../scripts/servers/one.ts';
import { redis } from '../../scripts/servers/redis.ts';
import type { Toolbox } from '../../scripts/servers/sources.ts';
import type { ServerName } from '../../scripts/servers/specification.ts';
import { startServers } from '../../scripts/servers/start.ts';
import { temporal } from '../../scripts/servers/temporal.ts';

/** Servers that a test may kill, because they are its own. */
export interface OwnServers {
  /** Their addresses as environment variables; a restart keeps them. */
  env: Record<string, string>;
  /** SIGKILL to the server and all that it started. */
  kill(name: ServerName): Promise<void>;
  /** Starts a killed one again on its data, or on none when it is to be `empty`. */
  restart(name: ServerName, how?: { empty: boolean }): Promise<void>;
  stop(): Promise<void>;
}

const specifications = { mongodb, redis, temporal };

export async function ownServers(): Promise<OwnServers> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'voronka-own-servers-'));
  const toolbox: Toolbox = {
    folder: join(packageRoot, '.data', 'tools'),
    path: process.env.PATH ?? '',
    say: () => undefined,
    signal: new AbortController().signal,
  };
  const running = await startServers({ claim: await claim(dataFolder), env: {}, toolbox, ports: 'free' });
  const started = new Map(running.servers.flatMap(({ name, started }) => (started ? [[name, started]] : [])));
  const children = new Map<ServerName, Child>([...started].map(([name, { child }]) => [name, child]));
  return {
    env: running.env,
    async kill(name) {
      const child = children.get(name);
      if (child === undefined) throw new Error(`${name} is not ours`);
      signalGroup(child.pid, 'SIGKILL');
      await child.ended;
    },
    async restart(name, { empty } = { empty: false }) {
      const before = started.get(name);
      if (before === undefined) throw new Error(`${name} is not ours`);
      if (empty) await rm(join(dataFolder, `${name}-${before.source.flavour}`), { recursive: true });
      await startOne(specifications[name], before.ports, before.source.id, {
        dataFolder,
        toolbox,
        begun: async (child) => void children.set(name, child),
      });
    },
    async stop() {
      await Promise.all([...children.values()].map((child) => child.stop(10_000)));
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
