import { isDuplicate } from './duplicates.ts';
import { Schedules } from './models/schedule.ts';

/**
 * The run of a schedule that is due, if one is. What was never seen before begins now: its first run is the next one.
 * However many runs were missed, one is due.
 * @returns virtual epoch ms of the due run
 */
export async function dueRun(id: string, now: number, first: number): Promise<number | null> {
  const known = await Schedules.findById(id).lean();
  if (known !== null) return known.nextRunAt.getTime() <= now ? known.nextRunAt.getTime() : null;
  try {
    await Schedules.create({ _id: id, nextRunAt: new Date(first) });
  } catch (error) {
    // Another process saw it at the same moment.
    if (!isDuplicate(error)) throw error;
  }
  return null;
}

/** Marks a run as done; one that another process marked meanwhile stays. */
export async function runDone(id: string, run: number, next: number): Promise<void> {
  await Schedules.updateOne({ _id: id, nextRunAt: new Date(run) }, { $set: { nextRunAt: new Date(next) } });
}
