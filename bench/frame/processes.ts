import { createConnection } from 'node:net';
import { join } from 'node:path';
import { packageRoot } from '../../config/root.ts';
import { type Child, startChild } from '../../scripts/servers/child.ts';
import { until } from './poll.ts';
import type { Stage } from './stage.ts';

const graceMs = 30_000;

/** Starts a compiled file of ours in a process of its own. */
export async function startProcess(file: string, env: Record<string, string>, { config }: Stage): Promise<Child> {
  const log = join(config.dataFolder, `${file.replaceAll('/', '-')}.log`);
  return await startChild(process.execPath, [join(packageRoot, 'dist', file)], log, {
    env: { ...process.env, ...env },
  });
}

/** The same with something that listens on `env.PORT`. Resolves when it does. */
export async function startService(
  file: string,
  env: Record<string, string> & { PORT: string },
  stage: Stage,
): Promise<{ stop(): Promise<void> }> {
  const child = await startProcess(file, env, stage);
  await until(`${file} on port ${env.PORT}`, async () => {
    if (!child.isRunning()) throw new Error(`${file} ended (${await child.ended}):\n${child.tail()}`);
    return await listens(Number(env.PORT));
  });
  return { stop: () => child.stop(graceMs) };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
