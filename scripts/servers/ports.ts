import { createServer } from 'node:net';

/** The wanted port of 127.0.0.1 where it is free, else any free one. */
export async function freePort(wanted: number): Promise<number> {
  const port = await listen(wanted).catch(() => listen(0));
  return port;
}

function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}
