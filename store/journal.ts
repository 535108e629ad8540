import type { TimelineEntry } from '../engine/model/timeline.ts';
import { collectionOf } from './driver.ts';
import { isDuplicate } from './duplicates.ts';
import { Journal, type JournalDoc, type JournalEntry } from './models/journal.ts';
import { pack, unpack } from './packed.ts';

/** Writes what a turn did to its instances. A run of it after a crash tells it anew: what it answers is what counts. */
export async function recordTimeline(turn: string, entries: JournalEntry[], at: number): Promise<void> {
  if (entries.length === 0) return;
  const instances = [...new Set(entries.map(({ instance }) => instance))];
  const doc: JournalDoc = { _id: turn, instances, lines: pack(entries), at: new Date(at) };
  const journal = collectionOf<JournalDoc>(Journal);
  try {
    await journal.insertOne(doc);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await journal.replaceOne({ _id: turn }, doc);
  }
}

/** The timeline of one instance in order of its numbers, from `after` (exclusive) on. */
export async function timelineOf(
  instance: string,
  { after = 0, limit = Number.POSITIVE_INFINITY }: { after?: number; limit?: number } = {},
): Promise<TimelineEntry[]> {
  const byNumber = new Map<number, TimelineEntry>();
  for (const { instance: _, ...entry } of await linesOf([instance])) if (entry.n > after) byNumber.set(entry.n, entry);
  return [...byNumber.values()].sort((a, b) => a.n - b.n).slice(0, limit);
}

/** What is told of some instances, the oldest turn first. */
export async function linesOf(instances: readonly string[]): Promise<JournalEntry[]> {
  const docs = collectionOf<JournalDoc>(Journal).find({ instances: { $in: [...instances] } }, { sort: { at: 1 } });
  const asked = new Set(instances);
  const lines: JournalEntry[] = [];
  // A document tells of a whole cohort.
  for await (const doc of docs) lines.push(...all(doc).filter(({ instance }) => asked.has(instance)));
  return lines;
}

function all({ lines, entries = [] }: JournalDoc): JournalEntry[] {
  return lines === undefined ? entries : unpack<JournalEntry[]>(lines);
}
