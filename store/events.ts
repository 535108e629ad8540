import { type EventDoc, Events } from './models/event.ts';

export async function findEvent(id: string): Promise<EventDoc | null> {
  return await Events.findById(id).lean<EventDoc>();
}

/** Entries that a process refused to contacts, newest first. */
export async function refusedEntries(contactIds: readonly string[], limit = 50): Promise<EventDoc[]> {
  return await Events.find({ contactId: { $in: contactIds }, name: 'entry.refused' })
    .sort({ occurredAt: -1 })
    .limit(limit)
    .lean<EventDoc[]>();
}
