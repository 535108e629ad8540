import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '../../config/root.ts';

/** A process of the product, as `npm start` runs it. */
export interface Running {
  /** Ends it without any warning (SIGKILL), as a crash of the machine would. */
  kill(): Promise<void>;
  /** Asks it to end and waits. @returns the exit code */
  stop(): Promise<number | null>;
  /** What it has printed so far. */
  output(): string;
}

/** Starts `dist/<script>`, which `npm test` has built. */
export function runBuilt(script: string, env: Record<string, string>): Running {
  const child = spawn(process.execPath, [join(packageRoot, 'dist', script)], {
    cwd: packageRoot,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(String(chunk)));
  return {
    async kill() {
      await end(child, 'SIGKILL');
    },
    async stop() {
      await end(child, 'SIGTERM');
      return child.exitCode;
    },
    output: () => chunks.join(''),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}
