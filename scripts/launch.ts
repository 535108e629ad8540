import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../config/config.ts';
import { packageRoot } from '../config/root.ts';
import { untilAnswers } from './answers.ts';
import { describeStart } from './describe.ts';
import { completeEnvironment } from './environment.ts';
import { withProgress } from './progress.ts';
import type { Claim } from './servers/claim.ts';
import { run } from './servers/run.ts';
import { startServers } from './servers/start.ts';
import { keepClock } from './standstill.ts';
import { supervise } from './supervisor.ts';

/** A worker finishes its activities within this, or is ended and they are repeated. */
const GRACE_MS = 20_000;
const API_WITHIN_MS = 60_000;

export interface Launch {
  claim: Claim;
  env: NodeJS.ProcessEnv;
  timeScale?: string;
  say: (line: string) => void;
  signal: AbortSignal;
  /** Takes what must be done at the end; the last comes first then. */
  atEnd: (work: () => Promise<void> | void) => void;
}

/** Starts servers, worker and API, and says where everything is. When it throws, `atEnd` has got what undoes the part that was done. */
export async function launch({ claim, env: given, timeScale, say, signal, atEnd }: Launch): Promise<void> {
  const { dataFolder } = claim;
  const servers = await startServers({
    claim,
    env: given,
    toolbox: { folder: join(dataFolder, 'tools'), path: given.PATH ?? '', say, signal },
    ports: 'usual',
  });
  atEnd(servers.stop);
  const env = await completeEnvironment(given, servers.env, {
    dataFolder,
    ...(timeScale !== undefined && { timeScale }),
  });
  const config = loadConfig(env);
  atEnd(keepClock(dataFolder, config.timeScale));

  const definitions = run(process.execPath, [script('scripts/load-definitions.js')], { env, signal });
  await withProgress('Loading the shipped definitions', say, definitions);
  for (const [title, name, file] of [
    ['The worker', 'worker', 'worker.js'],
    ['The API', 'api', 'api/main.js'],
  ] as const) {
    signal.throwIfAborted();
    const log = join(dataFolder, 'logs', `${name}.log`);
    atEnd(
      supervise({
        title,
        args: [script(file)],
        log,
        env,
        grace: GRACE_MS,
        say,
        begun: (pid) => claim.remember(name, pid),
      }).stop,
    );
  }
  await withProgress('Starting the API', say, untilAnswers(config.http.port, API_WITHIN_MS, signal));
  writeFileSync(
    join(dataFolder, 'running.json'),
    JSON.stringify({
      url: `http://127.0.0.1:${config.http.port}`,
      apiKey: config.apiKeys[0],
      timeScale: config.timeScale,
    }),
    { mode: 0o600 },
  );
  say(describeStart({ config, servers: servers.servers }));
}

function script(path: string): string {
  return join(packageRoot, 'dist', path);
}
