import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../config/log.ts';
import type { Consumer } from './queues.ts';

/**
 * A server on a port that one process of a machine can have: the others stand by, and one of them takes over when it ends.
 * @param start throws EADDRINUSE when another process has the port
 * @param tryAgainMs real milliseconds between two tries of those that stand by
 */
export async function oneOfMachine(
  port: number,
  start: () => Promise<Consumer>,
  { log, tryAgainMs = 2_000 }: { log: Logger; tryAgainMs?: number },
): Promise<Consumer> {
  const closing = new AbortController();
  const { signal } = closing;
  let server = await startIfFree(start);
  if (server === null) log.info({ port }, 'another process has the port; this one stands by');
  const standby = server === null ? wait() : Promise.resolve();

  async function wait(): Promise<void> {
    while (!signal.aborted && server === null) {
      await pause(tryAgainMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) server = await startIfFree(start).catch(later);
    }
    if (server !== null) log.info({ port }, 'took over the port');
  }

  function later(error: unknown): null {
    log.error({ err: error, port }, 'the port could not be taken over; the next try follows');
    return null;
  }

  return {
    async close() {
      closing.abort();
      await standby;
      await server?.close();
    },
  };
}

async function startIfFree(start: () => Promise<Consumer>): Promise<Consumer | null> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null;
    throw error;
  }
}
