import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Where free ports are looked for: below those that systems give to outgoing connections (from 32,768 on), any of which
 * could take the port between our look and the start of the server that it is for.
 */
const lowest = 20_000;
const above = 32_000;

/** Drawn by this process, and perhaps not taken yet. */
const drawn = new Set<number>();

/** The wanted port of 127.0.0.1 where it is free, else (and for 0) any free one that this process has not drawn yet. */
export async function freePort(wanted: number): Promise<number> {
  let port = wanted === 0 ? anyPort() : wanted;
  while (!(await isFree(port))) port = anyPort();
  return port;
}

function anyPort(): number {
  const port = randomInt(lowest, above);
  if (drawn.has(port)) return anyPort();
  drawn.add(port);
  return port;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
