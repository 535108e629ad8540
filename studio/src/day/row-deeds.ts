import type { Task } from '../api/tasks.ts';

/** What is asked before it is done. */
export type Question = 'finish' | 'time' | 'handOver';

/** What can be done to the tasks of a list. */
export interface RowDeeds {
  finish(task: Task, how?: { outcome?: string }): void;
  reopen(task: Task): void;
  cancel(task: Task): void;
  putOff(task: Task, due: number): void;
  /** Absent: nobody has said who they are. */
  take?: (task: Task) => void;
  ask(what: Question, task: Task): void;
}
