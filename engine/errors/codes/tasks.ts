import type { CatalogueEntry } from '../entry.ts';

/** What cannot be done to a task. */
export const taskCodes = {
  TASK_CLOSED: {
    status: 409,
    title: 'The task is closed',
    cure: 'Reopen the task with POST /api/tasks/{id}/reopen, or make another one.',
  },
} satisfies Record<string, CatalogueEntry>;
