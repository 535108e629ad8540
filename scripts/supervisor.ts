import { setTimeout as pause } from 'node:timers/promises';
import { type Child, startChild } from './servers/child.ts';

/** A run shorter than this counts as a failed start and lengthens the pause before the next. */
const STEADY_MS = 30_000;
const LONGEST_PAUSE_MS = 30_000;

export interface Supervised {
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** Keeps a process of ours running: when it ends by itself it is started again, after 1, 2, 4 … seconds when it keeps failing. */
export function supervise(options: {
  title: string;
  args: readonly string[];
  log: string;
  env: NodeJS.ProcessEnv;
  /** Milliseconds that it gets to end after SIGTERM. */
  grace: number;
  say: (line: string) => void;
  /** Called with each new process id. */
  begun: (pid: number) => Promise<void>;
}): Supervised {
  const { title, args, log, env, grace, say, begun } = options;
  const stopping = new AbortController();
  let child: Child | undefined;
  const watch = async () => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      child = await startChild(process.execPath, args, log, { env });
      await begun(child.pid);
      // Told to stop while it was being started.
      if (stopping.signal.aborted) return child.stop(grace);
      const end = await child.ended;
      if (stopping.signal.aborted) return;
      failures = performance.now() - startedAt > STEADY_MS ? 0 : failures + 1;
      const wait = Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** Math.max(0, failures - 1));
      say(
        `${title} ended by itself (${end}); starting it again in ${wait / 1_000} s. Its last words:\n${child.tail()}`,
      );
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopping.abort();
      await child?.stop(grace);
      await watching;
    },
  };
}
