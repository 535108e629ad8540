import { join } from 'node:path';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { packageRoot } from '../config/root.ts';
import { resetData } from '../scripts/reset.ts';
import { claim } from '../scripts/servers/claim.ts';
import { type RunningServers, startServers } from '../scripts/servers/start.ts';
import { bulk } from './bulk.ts';
import { deals } from './deals.ts';
import { documents } from './documents.ts';
import { events } from './events.ts';
import { forecasting } from './forecast.ts';
import { parseBenchArguments } from './frame/arguments.ts';
import type { Benchmark, Outcome, Setting } from './frame/benchmark.ts';
import { summarise, write } from './frame/report.ts';
import { machine, serversIn, storeOf } from './frame/surroundings.ts';
import { mail } from './mail.ts';
import { memory } from './memory.ts';
import { service } from './service.ts';
import { simulation } from './simulate.ts';
import { single } from './single.ts';

const benchmarks: readonly Benchmark[] = [
  simulation,
  bulk,
  single,
  events,
  mail,
  memory,
  service,
  deals,
  documents,
  forecasting,
];
const dataFolder = join(packageRoot, '.data', 'bench');

const stopping = new AbortController();
const stopped = new Promise<never>((_, reject) => {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      const reason = new Error('stopped');
      stopping.abort(reason);
      reject(reason);
    });
  }
});
const say = (line: string) => console.log(line);

// A saturated store makes workflow tasks long, and the SDK warns of each.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }), forward: {} } },
});
let servers: RunningServers | undefined;
try {
  await Promise.race([main(), stopped]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await servers?.stop();
}
process.exit();

async function main(): Promise<void> {
  const known = benchmarks.map(({ name }) => name);
  const { names, quick, rounds } = parseBenchArguments(process.argv.slice(2), known);
  const chosen = benchmarks.filter(({ name }) => names.length === 0 || names.includes(name));
  if (chosen.some(({ pure }) => !pure)) servers = await provision();
  const store = servers && (await storeOf(servers.env.MONGODB_URI ?? ''));
  const surroundings = { ...(await machine()), ...(servers && (await serversIn(servers))), Rounds: rounds };
  const summaries: string[] = [];
  for (const benchmark of chosen) {
    say(`${benchmark.name}: ${benchmark.title}`);
    const outcome = await run(benchmark, { quick, rounds, say });
    // A smoke run's figures mean nothing and overwrite none.
    const otherStore = benchmark.pure || store?.embedded ? undefined : store?.kind;
    const { name, title } = benchmark;
    if (!quick) write({ name, title, outcome, ...(otherStore !== undefined && { otherStore }), surroundings });
    summaries.push(summarise({ name: benchmark.name, outcome }));
  }
  say(`\n${quick ? 'A smoke run: these figures mean nothing.\n' : ''}${summaries.join('\n')}`);
}

async function run(benchmark: Benchmark, setting: Setting): Promise<Outcome> {
  if (benchmark.pure) return await benchmark.run(setting);
  if (servers === undefined) throw new Error('no servers were started');
  return await benchmark.run({ ...setting, servers });
}

/** Servers of the environment, else ones that begin empty and end with the run. */
async function provision(): Promise<RunningServers> {
  const folder = await claim(dataFolder);
  resetData(dataFolder);
  return await startServers({
    claim: folder,
    env: process.env,
    toolbox: {
      folder: join(packageRoot, '.data', 'tools'),
      path: process.env.PATH ?? '',
      say,
      signal: stopping.signal,
    },
    ports: 'free',
  });
}
