import { run } from './run.ts';
import type { KnownProcess } from './state.ts';

/**
 * A process with the instant of its start, which tells it from a later one with the same id.
 * Undefined when there is no such process, or no `ps` to ask.
 */
export async function identify(pid: number): Promise<KnownProcess | undefined> {
  const started = (await run('ps', ['-o', 'lstart=', '-p', `${pid}`]).catch(() => '')).trim();
  return started === '' ? undefined : { pid, started };
}

export async function lives(known: KnownProcess): Promise<boolean> {
  return (await identify(known.pid))?.started === known.started;
}
