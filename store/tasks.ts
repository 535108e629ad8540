import { type TaskDoc, Tasks } from './models/task.ts';
import { after, type Page, type PageRequest, page } from './page.ts';

export interface TaskFilter {
  status?: TaskDoc['status'] | undefined;
  assignee?: string | undefined;
  contactIds?: readonly string[] | undefined;
}

/** Tasks, newest first. */
export async function listTasks(filter: TaskFilter, request: PageRequest): Promise<Page<TaskDoc>> {
  const docs = await Tasks.find({
    ...after(request),
    ...(filter.status !== undefined && { status: filter.status }),
    ...(filter.assignee !== undefined && { assignee: filter.assignee }),
    ...(filter.contactIds !== undefined && { contactId: { $in: filter.contactIds } }),
  })
    .sort({ _id: -1 })
    .limit(request.limit + 1)
    .lean<TaskDoc[]>();
  return page(docs, request);
}

/** Closes an open task; one that is closed stays as it is. @returns the task, or null when there is none */
export async function closeTask(id: string, now: number): Promise<TaskDoc | null> {
  await Tasks.updateOne({ _id: id, status: 'open' }, { $set: { status: 'done', closedAt: new Date(now) } });
  return await Tasks.findById(id).lean<TaskDoc>();
}
