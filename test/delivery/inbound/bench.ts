import { pino } from 'pino';
import { expect } from 'vitest';
import type { InboundDeps } from '../../../delivery/inbound/receive.ts';
import { startInbound } from '../../../delivery/inbound/server.ts';
import type { JsonObject } from '../../../engine/json.ts';
import { type InboundMailDoc, InboundMails } from '../../../store/models/inbound-mail.ts';
import { Tickets } from '../../../store/models/ticket.ts';
import { createWorld, type World } from '../fixtures/world.ts';

/** A listener for support mail with a store of its own, and what a test reads of it. */
export interface InboundBench {
  world: World;
  port: number;
  deps: InboundDeps;
  /** Mails in the order in which they came. */
  kept(): Promise<InboundMailDoc[]>;
  /** Bodies of what was submitted, as JSON. */
  bodies(): Promise<JsonObject[]>;
  /** The body of the one item that was submitted: of a ticket. */
  onlyItem(): Promise<JsonObject>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function inboundBench(maxBytes = 25 * 1024 * 1024): Promise<InboundBench> {
  const world = await createWorld();
  const { clock, queues } = world;
  const deps = { clock, queues, policy: async () => world.policy, log: pino({ level: 'silent' }) };
  const server = await startInbound({ port: 0, host: '127.0.0.1', maxBytes }, deps);
  const bodies = async (): Promise<JsonObject[]> =>
    JSON.parse(JSON.stringify((await world.submitted()).map(({ body }) => body)));
  return {
    world,
    port: server.port,
    deps,
    bodies,
    kept: async () => await InboundMails.find().sort({ receivedAt: 1, _id: 1 }).lean(),
    async onlyItem() {
      expect((await world.submitted()).map(({ kind }) => kind)).toEqual(['ticket']);
      return (await bodies())[0] ?? {};
    },
    async clear() {
      await Promise.all([world.reset(), InboundMails.deleteMany({}), Tickets.deleteMany({})]);
    },
    async close() {
      await server.close();
      await world.close();
    },
  };
}
