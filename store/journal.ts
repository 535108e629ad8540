import type { TimelineEntry } from '../engine/model/timeline.ts';
import { collectionOf } from './driver.ts';
import { isDuplicate } from './duplicates.ts';
import { Journal, type JournalDoc, type JournalEntry } from './models/journal.ts';

/** Writes what a turn did to its instances. A run of it after a crash tells it anew: what it answers is what counts. */
export async function recordTimeline(turn: string, entries: JournalEntry[], at: number): Promise<void> {
  if (entries.length === 0) return;
  const told = new Map<string, TimelineEntry[]>();
  for (const { instance, ...entry } of entries) {
    const lines = told.get(instance);
    if (lines) lines.push(entry);
    else told.set(instance, [entry]);
  }
  const doc: JournalDoc = {
    _id: turn,
    instances: [...told.keys()],
    entries: [...told].map(([instance, lines]) => ({ instance, lines: JSON.stringify(lines) })),
    at: new Date(at),
  };
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

/** What is told of some instances, the oldest turn first. A document tells of a whole cohort: only these leave the server. */
export async function linesOf(instances: readonly string[]): Promise<JournalEntry[]> {
  const docs = await Journal.aggregate<Pick<JournalDoc, 'entries'>>([
    { $match: { instances: { $in: instances } } },
    { $sort: { at: 1 } },
    {
      $project: {
        entries: { $filter: { input: '$entries', as: 'entry', cond: { $in: ['$$entry.instance', instances] } } },
      },
    },
  ]);
  return docs.flatMap(({ entries }) => entries.flatMap(read));
}

function read(entry: JournalDoc['entries'][number]): JournalEntry[] {
  if (!('lines' in entry)) return [entry];
  const { instance } = entry;
  const lines: TimelineEntry[] = JSON.parse(entry.lines);
  return lines.map((line) => ({ ...line, instance }));
}
