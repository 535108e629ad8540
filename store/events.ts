import { type EventDoc, Events } from './models/event.ts';

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
