import type { ClientSession } from 'mongoose';
import { Counters } from './models/counter.ts';
import { type EventDoc, Events } from './models/event.ts';

const counter = 'events';

/** The `seq` of the event that was applied last; 0 before the first one. */
export async function lastSeq(): Promise<number> {
  const counted = await Counters.findById(counter).lean();
  if (counted !== null) return counted.value;
  // Data of a release that numbered the events of each contact for itself: what comes is above all of them.
  const highest = await Events.findOne({}, { seq: 1 }).sort({ seq: -1 }).lean();
  return highest?.seq ?? 0;
}

/** Part of the transaction that writes the events up to this one. */
export async function keepLastSeq(value: number, session: ClientSession): Promise<void> {
  await Counters.updateOne({ _id: counter }, { $set: { value } }, { session, upsert: true });
}

export async function findEvent(id: string): Promise<EventDoc | null> {
  return await Events.findById(id).lean<EventDoc>();
}

/** Events of orders and payments that could not be booked, newest first. */
export async function moneyProblems(contactIds: readonly string[], limit = 50) {
  const told = await Events.find({ contactId: { $in: contactIds }, name: 'money.problem', 'data.booked': false })
    .sort({ occurredAt: -1 })
    .limit(limit)
    .lean<EventDoc[]>();
  return told.map(({ data: { event, name, code, message }, occurredAt }) => {
    return { event: String(event), name: String(name), code: String(code), message: String(message), at: occurredAt };
  });
}

/** Entries that a process refused to contacts, newest first. */
export async function refusedEntries(contactIds: readonly string[], limit = 50): Promise<EventDoc[]> {
  return await Events.find({ contactId: { $in: contactIds }, name: 'entry.refused' })
    .sort({ occurredAt: -1 })
    .limit(limit)
    .lean<EventDoc[]>();
}
