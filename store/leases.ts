import mongoose, { type ClientSession } from 'mongoose';
import { isDuplicate } from './duplicates.ts';
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

/** Takes a lease that nobody holds, or whose holder has let it run out. @returns null while another one holds it. */
export async function takeLease(name: string, holder: string, ttlMs: number): Promise<Lease | null> {
  const now = Date.now();
  const until = new Date(now + ttlMs);
  const current = await Leases.findById(name).lean();
  if (current === null) return await firstLease({ name, holder, epoch: 1 }, until);
  if (current.holder !== holder && current.until.getTime() > now) return null;
  const next = { name, holder, epoch: current.epoch + 1 };
  return (await pass(current.epoch, next, until)) ? next : null;
}

/**
 * In a transaction, although it is one write: a holder that was killed in the middle of a transaction of its own has left
 * the lease locked until the server gives that one up (after a minute). A plain write would hang on it; this one is
 * refused at once and tried again, and on the embedded server each try is also what makes it look for abandoned ones.
 */
async function pass(from: number, { name, holder, epoch }: Lease, until: Date): Promise<boolean> {
  const session = await Leases.startSession();
  try {
    session.startTransaction();
    const filter = { _id: name, epoch: from };
    const taken = await Leases.updateOne(filter, { $set: { holder, epoch, until } }, { session });
    await session.commitTransaction();
    return taken.matchedCount === 1;
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction();
    if (error instanceof mongoose.mongo.MongoError && error.hasErrorLabel('TransientTransactionError')) return false;
    throw error;
  } finally {
    await session.endSession();
  }
}

async function firstLease(lease: Lease, until: Date): Promise<Lease | null> {
  try {
    await Leases.create({ _id: lease.name, holder: lease.holder, epoch: lease.epoch, until });
    return lease;
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
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
