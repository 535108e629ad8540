import { setTimeout as pause } from 'node:timers/promises';

/**
 * Repeats `look` until it returns something true without throwing, and returns that.
 * @param within deadline in milliseconds of real time
 * @throws the last error of `look`, or an error with the last value, when the deadline passes
 */
export async function eventually<T>(
  look: () => T | Promise<T>,
  { within = 20_000, every = 50 }: { within?: number; every?: number } = {},
): Promise<Exclude<T, undefined | null | false | 0 | ''>> {
  const deadline = performance.now() + within;
  for (;;) {
    const last = await attempt(look);
    if ('value' in last && isTrue(last.value)) return last.value;
    if (performance.now() >= deadline) {
      if ('error' in last) throw last.error;
      throw new Error(`not true within ${within} ms; the last answer was ${JSON.stringify(last.value)}`);
    }
    await pause(every);
  }
}

async function attempt<T>(look: () => T | Promise<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await look() };
  } catch (error) {
    return { error };
  }
}

function isTrue<T>(value: T): value is Exclude<T, undefined | null | false | 0 | ''> {
  return Boolean(value);
}
