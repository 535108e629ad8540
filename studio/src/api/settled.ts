import { applied } from './intake.ts';

/**
 * Waits until what was done to a task or an approval is applied: the answer shows it, or names what a busy writer has only accepted.
 * @throws ApiProblem with the problem that it met
 */
export async function settled(answer: Promise<{ id: string } | { id: string; title: unknown }>): Promise<void> {
  const known = await answer;
  if (!('title' in known)) await applied(known.id);
}
