import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../config/root.ts';
import { resetData } from './reset.ts';
import { claim } from './servers/claim.ts';
import { locate, type Toolbox } from './servers/sources.ts';
import { startServers } from './servers/start.ts';
import { temporalTestServer } from './servers/temporal.ts';

const countsSchema = z.strictObject({ passed: z.number(), failed: z.number() });
/** Not the folder of `npm start`: a run of tests begins with empty servers and leaves that data alone. */
const dataFolder = join(packageRoot, '.data', 'test');
const summary = join(dataFolder, 'summary.json');

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => stopping.abort(new Error('stopped')));
const toolbox: Toolbox = {
  folder: join(packageRoot, '.data', 'tools'),
  path: process.env.PATH ?? '',
  say: (line) => console.log(line),
  signal: stopping.signal,
};

let code = 1;
try {
  const folder = await claim(dataFolder);
  resetData(dataFolder);
  const { title, sources, cure } = temporalTestServer;
  const testServer = process.env.TEMPORAL_TEST_SERVER || (await locate(title, sources, toolbox, { cure })).executable;
  const servers = await startServers({ claim: folder, env: process.env, toolbox, ports: 'free' });
  try {
    code = await vitest({ ...servers.env, TEMPORAL_TEST_SERVER: testServer });
  } finally {
    await servers.stop();
    folder.release();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
const counts = readCounts();
// A run that died counts as one failure, whatever passed before.
const failed = code === 0 ? counts.failed : Math.max(1, counts.failed);
console.log(`${counts.passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function vitest(servers: Record<string, string>): Promise<number> {
  rmSync(summary, { force: true });
  const program = join(packageRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [program, 'run', ...process.argv.slice(2)], {
    cwd: packageRoot,
    stdio: 'inherit',
    env: { ...process.env, ...servers, VORONKA_TEST_SUMMARY: summary },
  });
  stopping.signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exit) => resolve(exit ?? 1));
  });
}

function readCounts(): { passed: number; failed: number } {
  if (!existsSync(summary)) return { passed: 0, failed: 0 };
  return countsSchema.parse(JSON.parse(readFileSync(summary, 'utf8')));
}
