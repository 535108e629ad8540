import type { JsonObject } from '../json.ts';
import type { EffectOf } from '../model/effects.ts';
import { type TaskView, taskJson } from '../model/task.ts';

/** A task of a run. */
export interface SimulatedTask {
  /** That made it, at epoch ms. */
  step: string;
  at: number;
  view: TaskView;
}

/** The task that an effect makes. */
export function taskOf({ key, instance, item }: EffectOf<'create-task'>, at: number): SimulatedTask {
  const [, id = '', visit] = key.split('/');
  const { title, description, assignee, due, remindAt, outcomes, process } = item;
  const view: TaskView = {
    id: key,
    title,
    ...(description !== undefined && { description }),
    ...('user' in assignee && { assignee: assignee.user }),
    ...('role' in assignee && { role: assignee.role }),
    ...(due !== null && { due }),
    ...(remindAt !== undefined && { remindAt }),
    status: 'open',
    ...(outcomes !== undefined && { outcomes }),
    process,
    step: { instance, id, visit: Number(visit) },
    createdAt: at,
  };
  return { step: id, at, view };
}

const ends: Partial<Record<string, TaskView['status']>> = {
  'task.done': 'done',
  'task.cancelled': 'cancelled',
  'task.reopened': 'open',
};

/** Does to a task what an event tells of it. @returns the event's data, or what is wrong */
export function tellTask(task: SimulatedTask, name: string, said: JsonObject, at: number): JsonObject | string {
  const { outcome, closedAt: _, ...view } = task.view;
  const { outcomes = [] } = view;
  const status = ends[name] ?? view.status;
  if (status !== 'open' && ends[name] !== undefined && view.status !== 'open') {
    return `${name}: the task of step "${task.step}" is ${view.status}`;
  }
  if (name === 'task.done' && said.outcome !== undefined && !outcomes.some(({ key }) => key === said.outcome)) {
    return `${name}: the task of step "${task.step}" has no outcome ${JSON.stringify(said.outcome)}`;
  }
  const chosen = name === 'task.done' ? said.outcome : ends[name] === undefined ? outcome : undefined;
  task.view = {
    ...view,
    status,
    ...(typeof chosen === 'string' && { outcome: chosen }),
    ...(status !== 'open' && { closedAt: at }),
  };
  return { ...said, task: taskJson(task.view) };
}
