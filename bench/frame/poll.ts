import { setTimeout as pause } from 'node:timers/promises';

const everyMs = 100;

/** Asks until the answer is yes. @throws when it is not within so many real milliseconds */
export async function until(what: string, reached: () => Promise<boolean>, withinMs = 300_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await reached())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1_000} s`);
    await pause(everyMs);
  }
}
