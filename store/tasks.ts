import type { TaskView } from '../engine/model/task.ts';
import { type TaskDoc, Tasks } from './models/task.ts';

/** The task as decisions see it. */
export function taskView(doc: TaskDoc): TaskView {
  const { _id, title, description, assignee, role, due, remindAt, status, outcomes, outcome } = doc;
  const { comment, process, step } = doc;
  return {
    id: _id,
    title,
    ...(description !== undefined && { description }),
    ...(assignee !== undefined && { assignee }),
    ...(role !== undefined && { role }),
    ...(due && { due: due.getTime() }),
    ...(remindAt && { remindAt: remindAt.getTime() }),
    status,
    ...(outcomes !== undefined && { outcomes }),
    ...(outcome !== undefined && { outcome }),
    ...(comment !== undefined && { comment }),
    ...(process !== undefined && { process }),
    ...(step !== undefined && { step }),
    createdAt: doc.createdAt.getTime(),
    ...(doc.closedAt && { closedAt: doc.closedAt.getTime() }),
  };
}

/** Tasks by their ids. */
export async function tasksById(ids: readonly string[]): Promise<TaskDoc[]> {
  return ids.length === 0 ? [] : await Tasks.find({ _id: { $in: ids } }).lean<TaskDoc[]>();
}

export interface TaskFilter {
  status?: TaskDoc['status'] | undefined;
  assignee?: string | undefined;
  /** All ids of one contact. */
  contactIds?: readonly string[] | undefined;
  /** Id of the deal or the ticket that they are about. */
  subject?: string | undefined;
}

/** Tasks, newest first. @param place part of the filter that leaves out the pages before */
export async function listTasks(filter: TaskFilter, limit: number, place: object): Promise<TaskDoc[]> {
  const { status, assignee, contactIds, subject } = filter;
  return await Tasks.find({
    ...place,
    ...(status !== undefined && { status }),
    ...(assignee !== undefined && { assignee }),
    ...(contactIds !== undefined && { contactId: { $in: contactIds } }),
    ...(subject !== undefined && { 'subject.id': subject }),
  })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit)
    .lean<TaskDoc[]>();
}

/** What somebody has to do, the earliest due first; undated ones come first of all. */
export async function tasksOf(assignee: string): Promise<TaskDoc[]> {
  return await Tasks.find({ assignee, status: 'open' }).sort({ due: 1, _id: 1 }).lean<TaskDoc[]>();
}

/** What is there for a role to do, and nobody's yet. */
export async function tasksForRole(role: string): Promise<TaskDoc[]> {
  return await Tasks.find({ role, status: 'open', assignee: { $exists: false } })
    .sort({ due: 1, _id: 1 })
    .lean<TaskDoc[]>();
}

/** What somebody has done since an instant, the latest first. */
export async function tasksDoneBy(user: string, since: Date): Promise<TaskDoc[]> {
  return await Tasks.find({ closedBy: `user:${user}`, status: 'done', closedAt: { $gte: since } })
    .sort({ closedAt: -1, _id: -1 })
    .lean<TaskDoc[]>();
}
