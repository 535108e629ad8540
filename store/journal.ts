import mongoose from 'mongoose';
import type { Effect } from '../engine/model/effects.ts';
import type { Instance } from '../engine/model/state.ts';
import type { TimelineEntry } from '../engine/model/timeline.ts';
import { collectionOf } from './driver.ts';
import { Journal, type JournalDoc } from './models/journal.ts';

/** What was decided and is about to be performed. */
export interface Decision {
  /** Virtual epoch ms. */
  at: number;
  states: Instance[];
  effects: Effect[];
}

/** The timeline entries that a decision made, of each instance. */
export type Moves = readonly { state: Instance; timeline: readonly TimelineEntry[] }[];

/**
 * Writes a decision and its timeline under `id`. Who comes first decides: another run of the same turn, after a crash or
 * beside this one, gets the stored decision instead of its own. A decision without effects binds nobody and is not
 * kept: then there is only the timeline.
 * @param settled ids of decisions that are in the workflow's history by now and are dropped here
 * @returns the stored decision of another run, or null when this one counts
 */
export async function recordDecision(
  id: string,
  moves: Moves,
  decision: Decision,
  settled: readonly string[],
): Promise<Decision | null> {
  const moved = moves.filter(({ timeline }) => timeline.length > 0);
  // Nothing new here may still be something there: a run that saw other data.
  if (moved.length === 0 && decision.effects.length === 0) return await storedDecision(id);
  const doc = toDocument(id, moved, decision);
  const operations: mongoose.mongo.AnyBulkWriteOperation<JournalDoc>[] = [{ insertOne: { document: doc } }];
  if (settled.length > 0) {
    const filter = { _id: { $in: [...settled] } };
    operations.push({ updateMany: { filter, update: { $unset: { decision: '' } } } });
  }
  try {
    await collectionOf<JournalDoc>(Journal).bulkWrite(operations, { ignoreUndefined: true });
    return null;
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError && error.code === 11000)) throw error;
  }
  const stored = await storedDecision(id);
  if (stored === null)
    await collectionOf<JournalDoc>(Journal).replaceOne({ _id: id }, doc, { upsert: true, ignoreUndefined: true });
  return stored;
}

async function storedDecision(id: string): Promise<Decision | null> {
  const doc = await Journal.findById(id, { decision: 1 }).lean<Pick<JournalDoc, 'decision'>>();
  return doc?.decision === undefined ? null : JSON.parse(doc.decision);
}

function toDocument(id: string, moves: Moves, decision: Decision): JournalDoc {
  return {
    _id: id,
    instances: moves.map(({ state }) => state.id),
    entries: moves.flatMap(({ state, timeline }) => timeline.map((entry) => ({ instance: state.id, ...entry }))),
    at: new Date(decision.at),
    ...(decision.effects.length > 0 && { decision: JSON.stringify(decision) }),
  };
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
