import type { TimelineEntry } from '../engine/model/timeline.ts';
import { collectionOf } from './driver.ts';
import { isDuplicate } from './duplicates.ts';
import { Journal, type JournalDoc, type JournalEntry } from './models/journal.ts';

/** Writes what a turn did to its instances. A run of it after a crash tells it anew: what it answers is what counts. */
export async function recordTimeline(turn: string, entries: JournalEntry[], at: number): Promise<void> {
  if (entries.length === 0) return;
  const instances = [...new Set(entries.map(({ instance }) => instance))];
  const doc: JournalDoc = { _id: turn, instances, entries, at: new Date(at) };
  const journal = collectionOf<JournalDoc>(Journal);
  try {
    await journal.insertOne(doc, { ignoreUndefined: true });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await journal.replaceOne({ _id: turn }, doc, { ignoreUndefined: true });
  }
}

/** The timeline of one instance in order of its numbers, from `after` (exclusive) on. */
export async function timelineOf(
  instance: string,
  { after = 0, limit = Number.POSITIVE_INFINITY }: { after?: number; limit?: number } = {},
): Promise<TimelineEntry[]> {
  const docs = await Journal.find({ instances: instance }, { entries: 1 }).sort({ at: 1 }).lean<JournalDoc[]>();
  const byNumber = new Map<number, TimelineEntry>();
  for (const { entries } of docs) {
    for (const { instance: owner, ...entry } of entries) {
      if (owner === instance && entry.n > after) byNumber.set(entry.n, entry);
    }
  }
  return [...byNumber.values()].sort((a, b) => a.n - b.n).slice(0, limit);
}
