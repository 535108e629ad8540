import type { TaskDoc } from '../../../store/models/task.ts';
import type { TaskFields } from './body.ts';

/** What of a task is due at an instant and was not told: a deadline that passed leaves nothing to remind of. */
export type Due = 'overdue' | 'reminded' | null;

export function dueAt({ status, due, overdueAt, remindAt, remindedAt }: TaskDoc, at: number): Due {
  if (status !== 'open') return null;
  if (due && !overdueAt && due.getTime() <= at) return 'overdue';
  return remindAt && !remindedAt && !overdueAt && remindAt.getTime() <= at ? 'reminded' : null;
}

/** Plans the next look at a task: at what was not told yet, and not before `now`, virtual epoch ms. */
export function planAttention(doc: TaskDoc, now: number): void {
  const { status, due, overdueAt, remindAt, remindedAt } = doc;
  const pending = [overdueAt ? undefined : due, overdueAt || remindedAt ? undefined : remindAt];
  const next = Math.min(...pending.flatMap((time) => time?.getTime() ?? []));
  if (status === 'open' && next < Number.POSITIVE_INFINITY) doc.attentionAt = new Date(Math.max(next, now));
  else delete doc.attentionAt;
}

const clearable = ['description', 'assignee', 'role'] as const;
const times = ['due', 'remindAt'] as const;

/**
 * Sets fields of a task that may be written to. A reminder keeps its distance to a deadline that moves, unless it is set too; a time
 * that is still ahead is told anew.
 */
export function setTaskFields(doc: TaskDoc, { title, ...set }: TaskFields, now: number): void {
  const before = { due: doc.due?.getTime(), remindAt: doc.remindAt?.getTime() };
  if (title !== undefined) doc.title = title;
  for (const field of clearable) {
    const value = set[field];
    if (value === null) delete doc[field];
    else if (value !== undefined) Object.assign(doc, { [field]: value });
  }
  const { due, remindAt } = before;
  const follows = set.remindAt === undefined && remindAt !== undefined && due !== undefined && set.due;
  const wanted = follows ? { ...set, remindAt: remindAt + follows - due } : set;
  for (const field of times) {
    const value = wanted[field];
    if (value === null) delete doc[field];
    else if (value !== undefined) doc[field] = new Date(value);
  }
  if (doc.due?.getTime() !== due && !isPast(doc.due, now)) delete doc.overdueAt;
  if (doc.remindAt?.getTime() !== remindAt && !isPast(doc.remindAt, now)) delete doc.remindedAt;
}

function isPast(time: Date | undefined, now: number): boolean {
  return time !== undefined && time.getTime() <= now;
}
