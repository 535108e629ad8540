import type { CatalogueEntry } from '../entry.ts';

/** What cannot be done to a task. */
export const taskCodes = {
  TASK_CLOSED: {
    status: 409,
    title: 'The task is closed',
    cure: 'Reopen the task with POST /api/tasks/{id}/reopen, or make another one.',
  },
  TASK_NOT_MADE: {
    status: 409,
    title: 'The instance has made no such task',
    cure: 'Let every way to the wait lead over the step that makes the task, then skip or cancel the instance.',
  },
} satisfies Record<string, CatalogueEntry>;
