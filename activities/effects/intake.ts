import { intakeDoc } from '../../delivery/intake/items.ts';
import { intakeApplied, submitIntake } from '../../delivery/intake/submit.ts';
import { refusedIntake } from '../../store/intake.ts';
import type { IntakeItem } from '../../store/models/intake.ts';
import { again, type EffectDeps, failed, type Outcome, performed } from './effect.ts';

/** Real milliseconds that a turn waits for the intake; then the effect goes on in an activity of its own. */
const patience = 3_000;

/**
 * Hands items to the intake, the only writer of contacts, each as a document of its effect's key, and waits until they are
 * applied: the next decision reads what this one wrote.
 */
export async function applyThroughIntake(items: readonly IntakeItem[], deps: EffectDeps): Promise<Outcome[]> {
  await submit(items, deps);
  const keys = items.map(({ id }) => id);
  if (!(await intakeApplied(keys, patience))) {
    return keys.map((key) => again(key, 'INTAKE_BUSY', 'the intake has not come to it yet'));
  }
  const refused = await refusedIntake(keys);
  return keys.map((key) => {
    const problem = refused.get(key);
    return problem ? failed(key, problem.code, problem.message) : performed(key);
  });
}

/** Hands items to the intake and does not wait. */
export async function submit(items: readonly IntakeItem[], { queues, now }: EffectDeps): Promise<void> {
  if (items.length === 0) return;
  const docs = items.map((item) => intakeDoc(item.id, [item], now));
  await submitIntake(queues.intake, docs);
}
