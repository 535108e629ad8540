import { type ReviewDoc, Reviews } from './models/review.ts';

/**
 * The run that is to be made because what counts has changed since the last one, or that broke off.
 * @param now virtual epoch ms
 * @returns the run's number, or null when nothing has changed
 */
export async function dueReview(id: string, fingerprint: string, now: number): Promise<number | null> {
  const known = await Reviews.findById(id).lean<ReviewDoc>();
  if (known === null) {
    // Before the first look there was nothing that could have changed.
    await Reviews.updateOne({ _id: id }, { $setOnInsert: { seen: fingerprint, run: null } }, { upsert: true });
    return null;
  }
  if (known.run !== null) return known.run;
  if (known.seen === fingerprint) return null;
  const taken = await Reviews.updateOne(
    { _id: id, seen: known.seen, run: null },
    { $set: { seen: fingerprint, run: now } },
  );
  if (taken.modifiedCount > 0) return now;
  // Another process saw it at the same moment: its run is ours.
  return (await Reviews.findById(id).lean<ReviewDoc>())?.run ?? null;
}

/** Marks a run as made. What changed while it was under way is found by the next look. */
export async function reviewDone(id: string, run: number): Promise<void> {
  await Reviews.updateOne({ _id: id, run }, { $set: { run: null } });
}
