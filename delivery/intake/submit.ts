import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import { insertIntake, pendingIntake, reopenIntake } from '../../store/intake.ts';
import type { IntakeDoc } from '../../store/models/intake.ts';
import { nudge } from '../queues.ts';

/**
 * Puts documents into the inbox and wakes the intake. A document whose `_id` is there already is left as it is, so an
 * effect that is tried again submits under its effect key and changes nothing; only one that was refused is applied anew.
 */
export async function submitIntake(intake: Queue, docs: readonly IntakeDoc[]): Promise<void> {
  const known = await insertIntake(docs);
  if (known.size > 0) await reopenIntake([...known]);
  void nudge(intake);
}

/**
 * Waits until the documents are applied, for steps and people who look at the result next.
 * @returns false when `withinMs` (real milliseconds) pass first: they are still pending and will be applied later.
 */
export async function intakeApplied(ids: readonly string[], withinMs = 5_000): Promise<boolean> {
  const end = Date.now() + withinMs;
  for (let pause = 10; ; pause = Math.min(pause * 2, 200)) {
    if (!(await pendingIntake(ids))) return true;
    if (Date.now() >= end) return false;
    await sleep(pause);
  }
}
