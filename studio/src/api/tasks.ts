import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { dayAnswer, openTask as openTaskBody, taskAnswer, taskChange } from '../../../api/routes/tasks-shapes.ts';
import { change, read } from './access.ts';
import { settled } from './settled.ts';
import type { Page } from './types.ts';

export type Task = z.infer<typeof taskAnswer>;

/** What somebody has before them; each open task is in one of the lists. */
export type Day = z.infer<typeof dayAnswer>;

/** What a task is about: one of the three ids. */
export type NewTask = z.input<typeof openTaskBody>;

export type TaskChange = z.input<typeof taskChange>;

export interface TaskFilter {
  status?: Task['status'];
  assignee?: string;
  contact?: string;
  deal?: string;
}

const refetchInterval = 15_000;

export const day = (user: string) =>
  queryOptions({
    queryKey: ['tasks', 'day', user],
    queryFn: ({ signal }) =>
      read<Day>('/day', { user, zone: Intl.DateTimeFormat().resolvedOptions().timeZone }, signal),
    enabled: user !== '',
    refetchInterval,
  });

export const taskList = (filter: TaskFilter) =>
  infiniteQueryOptions({
    queryKey: ['tasks', 'list', filter],
    queryFn: ({ pageParam, signal }) => read<Page<Task>>('/tasks', { ...filter, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval,
  });

export const openTask = (body: NewTask) => settled(change('POST', '/tasks', body));

export const finishTask = (id: string, body: { outcome?: string; comment?: string }) =>
  settled(change('POST', `/tasks/${id}/done`, body));

export const cancelTask = (id: string) => settled(change('POST', `/tasks/${id}/cancel`, {}));

export const reopenTask = (id: string) => settled(change('POST', `/tasks/${id}/reopen`, {}));

export const changeTask = (id: string, body: TaskChange) => settled(change('PATCH', `/tasks/${id}`, body));
