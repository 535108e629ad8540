import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { packageRoot } from '../config/root.ts';
import { parseStartArguments } from './arguments.ts';
import { launch } from './launch.ts';
import { resetData } from './reset.ts';

const stopping = new AbortController();
const { signal } = stopping;
const told = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
const undo: (() => Promise<void> | void)[] = [];

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (!signal.aborted) console.log('\nStopping …');
    stopping.abort(new Error('stopped'));
  });
}

try {
  const { reset, timeScale } = parseStartArguments(process.argv.slice(2));
  const dotEnv = join(packageRoot, '.env');
  if (existsSync(dotEnv)) process.loadEnvFile(dotEnv);
  const folder = process.env.VORONKA_DATA || '.data';
  const dataFolder = isAbsolute(folder) ? folder : join(packageRoot, folder);
  if (reset) await resetData(dataFolder);
  await launch({
    dataFolder,
    env: process.env,
    ...(timeScale !== undefined && { timeScale }),
    say: (line) => console.log(line),
    signal,
    atEnd: (work) => void undo.push(work),
  });
  await told;
} catch (error) {
  if (!signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
} finally {
  for (const work of undo.reverse()) await work();
}
process.exit();
