import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/servers/ports.ts';

describe('a free port', () => {
  it('is the wanted one, or another when that is taken', async () => {
    const wanted = await freePort(0);
    expect(await freePort(wanted)).toBe(wanted);
    const server = createServer().listen(wanted, '127.0.0.1');
    await once(server, 'listening');
    expect(await freePort(wanted)).not.toBe(wanted);
    server.close();
  });

  it('is given once, though nobody listens there yet, and never one that outgoing connections get', async () => {
    const ports = await Promise.all(Array.from({ length: 300 }, () => freePort(0)));
    expect(new Set(ports).size).toBe(ports.length);
    expect(Math.max(...ports)).toBeLessThan(32_768);
  });
});
