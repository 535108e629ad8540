import type { Effect } from '../engine/model/effects.ts';
import type { Instance } from '../engine/model/state.ts';
import { collectionOf } from './driver.ts';
import { isDuplicate } from './duplicates.ts';
import { type DecisionDoc, Decisions } from './models/decision.ts';
import type { JournalEntry } from './models/journal.ts';
import { pack, unpack } from './packed.ts';

/** What was decided and is about to be performed. */
export interface Decision {
  /** Virtual epoch ms. */
  at: number;
  states: Instance[];
  effects: Effect[];
  timeline: JournalEntry[];
}

/**
 * Makes a decision durable under `id`. Who comes first decides: another run of the same turn, after a crash or beside
 * this one, gets the stored decision instead of its own. A decision without effects binds nobody and is not kept.
 * @returns the stored decision of another run, or null when this one counts
 */
export async function recordDecision(id: string, decision: Decision): Promise<Decision | null> {
  // Nothing to perform here may still be something there: a run that saw other data.
  if (decision.effects.length === 0) return await storedDecision(id);
  const { at, states } = decision;
  try {
    await collectionOf<DecisionDoc>(Decisions).insertOne({
      _id: id,
      instances: states.map((state) => state.id),
      at: new Date(at),
      decision: pack(decision),
    });
    return null;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  return (await storedDecision(id)) ?? (await recordDecision(id, decision));
}

async function storedDecision(id: string): Promise<Decision | null> {
  const doc = await collectionOf<DecisionDoc>(Decisions).findOne({ _id: id });
  if (doc === null) return null;
  return typeof doc.decision === 'string' ? JSON.parse(doc.decision) : unpack<Decision>(doc.decision);
}

/** Lets go of decisions that are in the workflow's history by now. */
export async function dropDecisions(ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await collectionOf<DecisionDoc>(Decisions).deleteMany({ _id: { $in: [...ids] } });
}
