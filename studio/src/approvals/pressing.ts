import type { Approval } from '../api/approvals.ts';

/** The order in which one goes through them: what must be decided first, then what has waited longest. */
export function byPressure(one: Approval, other: Approval): number {
  const [due, otherDue] = [one.dueAt ?? '9', other.dueAt ?? '9'];
  if (due !== otherDue) return due < otherDue ? -1 : 1;
  return one.requestedAt < other.requestedAt ? -1 : 1;
}
