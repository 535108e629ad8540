import type { intakeItem } from '../../delivery/intake/items.ts';
import { type Call, deed } from '../deed.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { idParams } from '../shapes.ts';
import { requireTask, showTask } from '../tasks/show.ts';
import type { Actor } from '../tickets/actor.ts';
import { openTask, taskAnswer, taskChange, taskComment, taskDone } from './tasks-shapes.ts';

const shared = {
  tag: 'Tasks',
  description:
    'Answers the task as it is then, or 202 with an id to be asked for at /api/intake/{id} when it takes longer than two seconds.',
  answer: taskAnswer,
  idempotent: true,
  acts: true,
} as const;

type TaskInput = Parameters<typeof intakeItem<'task'>>[2];

/** @throws VoronkaError NOT_FOUND, or why it cannot be done */
async function does(id: string, body: (by: Actor) => TaskInput, call: Call, deps: ApiDeps) {
  await requireTask(id);
  return await deed({ kind: 'task', body, show: () => showTask(id) }, call, deps);
}

/** What people and programs do to a task. */
export const taskDeedRoutes: Route[] = [
  route({
    ...shared,
    method: 'post',
    path: '/tasks',
    summary: 'Make a task about a contact, a deal or a ticket',
    body: openTask,
    async handle({ body: task, ...call }, deps) {
      const body = (by: Actor): TaskInput => ({ do: 'open', by, ...task });
      return await deed({ kind: 'task', body, show: showTask }, call, deps);
    },
  }),

  route({
    ...shared,
    method: 'patch',
    path: '/tasks/{id}',
    summary: 'Change fields of a task',
    params: idParams,
    body: taskChange,
    async handle({ params: { id: taskId }, body: set, ...call }, deps) {
      return await does(taskId, (by) => ({ do: 'change', taskId, by, set }), call, deps);
    },
  }),

  route({
    ...shared,
    method: 'post',
    path: '/tasks/{id}/done',
    summary: 'Mark a task as done, with one of the outcomes that it offers',
    params: idParams,
    body: taskDone,
    async handle({ params: { id: taskId }, body: said, ...call }, deps) {
      return await does(taskId, (by) => ({ do: 'done', taskId, by, ...said }), call, deps);
    },
  }),

  route({
    ...shared,
    method: 'post',
    path: '/tasks/{id}/cancel',
    summary: 'Cancel a task',
    params: idParams,
    body: taskComment,
    async handle({ params: { id: taskId }, body: said, ...call }, deps) {
      return await does(taskId, (by) => ({ do: 'cancel', taskId, by, ...said }), call, deps);
    },
  }),

  route({
    ...shared,
    method: 'post',
    path: '/tasks/{id}/reopen',
    summary: 'Reopen a task that is closed',
    params: idParams,
    body: taskComment,
    async handle({ params: { id: taskId }, body: said, ...call }, deps) {
      return await does(taskId, (by) => ({ do: 'reopen', taskId, by, ...said }), call, deps);
    },
  }),
];
