import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { packageRoot } from '../config/root.ts';
import { parseStartArguments } from './arguments.ts';
import { launch } from './launch.ts';
import { resetData } from './reset.ts';
import { claim } from './servers/claim.ts';

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
  const data = process.env.VORONKA_DATA || '.data';
  const dataFolder = isAbsolute(data) ? data : join(packageRoot, data);
  const folder = await claim(dataFolder);
  undo.push(folder.release);
  if (reset) resetData(dataFolder);
  await launch({
    claim: folder,
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
