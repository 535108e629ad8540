import type { JsonObject } from '../../engine/json.ts';
import { ticketPriorities } from '../../engine/model/ticket.ts';
import { newId } from '../../store/id.ts';
import type { IntakeItem } from '../../store/models/intake.ts';

/** Seeded chance in [0, 1): mulberry32. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A ticket of a contact of its own; the item's id becomes the ticket's. */
export function opening(id: string): IntakeItem {
  const who = { email: `${id}@example.com`, channel: 'email', subject: 'It is broken' };
  return { kind: 'ticket', id, source: 'test', body: { do: 'open', ...who, message: { text: 'Help!' } } };
}

/** What is done at one moment. */
interface Round {
  /** Milliseconds since the one before, in whole seconds. */
  after: number;
  items: IntakeItem[];
}

/** Rounds in which each ticket is answered, changed, left alone, … by chance. */
export function randomDeeds(ids: readonly string[], rounds: number, seed: number): Round[] {
  const random = chance(seed);
  const one = <T>(all: readonly [T, ...T[]]): T => all[Math.floor(random() * all.length)] ?? all[0];
  const deed = (ticketId: string): JsonObject => {
    const known = { ticketId, by: 'user:anna' };
    const message = { text: 'A word' };
    return one<() => JsonObject>([
      () => ({ do: 'say', ...known, message }),
      () => ({ do: 'say', ...known, message, status: one(['waiting', 'resolved', 'open']) }),
      () => ({ do: 'say', ...known, message, internal: true }),
      () => ({ ...fromCustomer(ticketId), message }),
      () => ({ ...fromCustomer(ticketId), message }),
      () => ({ ...fromCustomer(ticketId), message: { ...message, auto: true } }),
      () => ({ do: 'change', ...known, set: { status: one(['open', 'waiting', 'on-hold', 'resolved']) } }),
      () => ({ do: 'change', ...known, set: { priority: one(ticketPriorities) } }),
      () => ({ do: 'change', ...known, set: { team: one(['vip', null]) } }),
      () => ({ do: 'review', ...known, why: 'chance' }),
    ])();
  };
  return Array.from({ length: rounds }, () => ({
    after: (60 + Math.floor(random() * 6 * 3_600)) * 1_000,
    items: ids
      .filter(() => random() < 0.6)
      .map((id): IntakeItem => ({ kind: 'ticket', id: newId(), source: 'test', body: deed(id) })),
  }));
}

function fromCustomer(ticketId: string): JsonObject {
  return { do: 'from-customer', ticketId, email: `${ticketId}@example.com`, channel: 'email', subject: 'Re' };
}
