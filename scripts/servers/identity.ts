import { run } from './run.ts';

/**
 * What tells a process from a later one with the same id: its start and its command line.
 * Undefined when there is no such process, or no `ps` to ask.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  const line = await run('ps', ['-o', 'lstart=,args=', '-p', `${pid}`]).catch(() => '');
  return line.trim() || undefined;
}
