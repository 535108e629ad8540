import { setTimeout as pause } from 'node:timers/promises';

/**
 * Resolves when something answers HTTP on that port of this machine, whatever it says.
 * @param within milliseconds; then it throws
 */
export async function untilAnswers(port: number, within: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + within;
  for (;;) {
    signal.throwIfAborted();
    try {
      await fetch(`http://127.0.0.1:${port}/`, { signal, redirect: 'manual' });
      return;
    } catch (cause) {
      if (performance.now() > deadline)
        throw new Error(`nothing answers on port ${port} after ${within / 1_000} s`, { cause });
      await pause(150);
    }
  }
}
