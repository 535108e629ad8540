import mongoose, { type ClientSession } from 'mongoose';
import { Leases } from './models/lease.ts';

/** A lease as its holder knows it. */
export interface Lease {
  name: string;
  holder: string;
  epoch: number;
}

/** Thrown by `fence` to a holder who was too slow: somebody else may be at work already. */
export class LeaseLost extends Error {
  constructor(lease: Lease) {
    super(`the lease "${lease.name}" has passed to another holder`);
    this.name = 'LeaseLost';
  }
}

/**
 * Takes a lease that nobody holds, or whose holder has let it run out. In a transaction, because SecantusDB ends the
 * transaction of a killed client, which may have written to this very lease, only when another one comes.
 * @returns null while another one holds it
 */
export async function takeLease(name: string, holder: string, ttlMs: number): Promise<Lease | null> {
  try {
    return await mongoose.connection.transaction((session) => take(name, holder, ttlMs, session));
  } catch (error) {
    // Another was first to take what had never been taken.
    if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return null;
    throw error;
  }
}

async function take(name: string, holder: string, ttlMs: number, session: ClientSession): Promise<Lease | null> {
  const now = Date.now();
  const until = new Date(now + ttlMs);
  const current = await Leases.findById(name, null, { session }).lean();
  if (current === null) {
    await Leases.create([{ _id: name, holder, epoch: 1, until }], { session });
    return { name, holder, epoch: 1 };
  }
  if (current.holder !== holder && current.until.getTime() > now) return null;
  const epoch = current.epoch + 1;
  const taken = await Leases.updateOne(
    { _id: name, epoch: current.epoch },
    { $set: { holder, epoch, until } },
    { session },
  );
  return taken.matchedCount === 1 ? { name, holder, epoch } : null;
}

/**
 * Part of a transaction of the holder: makes it fail when the lease has passed on, and prolongs the lease.
 * @throws LeaseLost
 */
export async function fence(lease: Lease, ttlMs: number, session: ClientSession): Promise<void> {
  const until = new Date(Date.now() + ttlMs);
  const held = await Leases.updateOne({ _id: lease.name, epoch: lease.epoch }, { $set: { until } }, { session });
  if (held.matchedCount !== 1) throw new LeaseLost(lease);
}

export async function releaseLease(lease: Lease): Promise<void> {
  await Leases.updateOne({ _id: lease.name, epoch: lease.epoch }, { $set: { until: new Date(0) } });
}
