import type { JsonObject } from '../json.ts';
import type { LocalizedText } from './effects.ts';

export const taskStatuses = ['open', 'done', 'cancelled'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** One of the results among which whoever does the task chooses. */
export interface TaskOutcome {
  key: string;
  name: LocalizedText;
}

/** The visit of a step that made a task. */
export interface TaskOrigin {
  instance: string;
  /** Id of the step. */
  id: string;
  visit: number;
}

/** The task as decisions see it: `task` in the data of every `task.*` event. */
export interface TaskView {
  id: string;
  title: LocalizedText;
  description?: LocalizedText;
  /** Key of the user who has it. */
  assignee?: string;
  /** Whoever has the role may do it. */
  role?: string;
  /** Epoch milliseconds, as all times here. */
  due?: number;
  remindAt?: number;
  status: TaskStatus;
  outcomes?: TaskOutcome[];
  /** Key of the one that was chosen. */
  outcome?: string;
  comment?: string;
  /** Key of the process, and the step of it, that made it. */
  process?: string;
  step?: TaskOrigin;
  createdAt: number;
  closedAt?: number;
}

/**
 * Names of the domain events of a task. Each is an event of the task's contact; its data hold `task` (TaskView after it happened),
 * `by` (Actor), the whole `deal` or `ticket` that the task is about, and what the table says.
 *
 * | event | also |
 * |---|---|
 * | task.created | |
 * | task.changed | `changes` [{field, from, to}] |
 * | task.done | `outcome`, `comment` |
 * | task.cancelled | `comment` |
 * | task.reopened | `comment` |
 * | task.reminded | its reminder was due, and told to whoever is to do it |
 * | task.overdue | its deadline passed while it was open, and they were told; once for each deadline, and again when it is reopened |
 */
export const taskEvents = [
  'task.created',
  'task.changed',
  'task.done',
  'task.cancelled',
  'task.reopened',
  'task.reminded',
  'task.overdue',
] as const;
export type TaskEventName = (typeof taskEvents)[number];

/** The view as an event's data hold it. */
export function taskJson(task: TaskView): JsonObject {
  return JSON.parse(JSON.stringify(task));
}
