import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A program started by us, at the head of a process group of its own, so that Ctrl-C reaches only us and we end it in order. */
export interface Child {
  pid: number;
  /** Resolves when it has ended, with what ended it. */
  ended: Promise<string>;
  isRunning(): boolean;
  /** Last lines of its log. */
  tail(): string;
  /** SIGTERM to the group, SIGKILL after `grace` milliseconds. Resolves when it has ended. */
  stop(grace: number): Promise<void>;
}

/**
 * @param log file that takes its output, begun anew
 * @throws Error when the program cannot be started at all
 */
export async function startChild(
  program: string,
  args: readonly string[],
  log: string,
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Child> {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'w');
  const child = spawn(program, [...args], { ...options, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  const pid = await spawned(child);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    pid,
    ended,
    isRunning,
    tail: () => readFileSync(log, 'utf8').trim().split('\n').slice(-15).join('\n'),
    async stop(grace) {
      if (isRunning()) await endGroup(pid, ended, grace);
    },
  };
}

async function endGroup(pid: number, ended: Promise<unknown>, grace: number): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  const timeout = new AbortController();
  const late = pause(grace, 'late', { signal: timeout.signal }).catch(() => 'ended');
  if ((await Promise.race([ended, late])) === 'late') {
    signalGroup(pid, 'SIGKILL');
    await ended;
  }
  timeout.abort();
}

/** Sends a signal to a whole process group; one that is gone is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

function spawned(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () =>
      child.pid === undefined ? reject(new Error('it has no process id')) : resolve(child.pid),
    );
  });
}
