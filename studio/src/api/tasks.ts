import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { LocalizedText } from '../../../engine/model/effects.ts';
import { change, read } from './access.ts';
import type { Page } from './types.ts';

export interface Task {
  id: string;
  title: LocalizedText;
  description?: LocalizedText;
  contact: { id: string; name?: string };
  deal?: { id: string; number: number; title: string };
  ticket?: { id: string; number: number; subject: string };
  /** Key of a user; absent: nobody. */
  assignee?: string;
  role?: string;
  due?: string;
  remindAt?: string;
  status: 'open' | 'done' | 'cancelled';
  outcome?: string;
  outcomes?: { key: string; name: LocalizedText }[];
  comment?: string;
  closedBy?: string;
  process?: string;
  createdAt: string;
  closedAt?: string;
}

/** What somebody has before them; each open task is in one of the lists. */
export interface Day {
  user: string;
  /** YYYY-MM-DD in the zone that was asked for. */
  date: string;
  overdue: Task[];
  today: Task[];
  tomorrow: Task[];
  later: Task[];
  undated: Task[];
  /** Of the user's role, and nobody's. */
  forRole: Task[];
  doneToday: Task[];
}

/** What a task is about: one of the three. */
export interface NewTask {
  contactId?: string;
  dealId?: string;
  ticketId?: string;
  title: string;
  description?: string;
  assignee?: string;
  due?: string;
}

/** null clears. */
export interface TaskChange {
  title?: string;
  assignee?: string | null;
  due?: string | null;
}

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

export const openTask = (body: NewTask) => change<unknown>('POST', '/tasks', body);

export const finishTask = (id: string, body: { outcome?: string; comment?: string }) =>
  change<unknown>('POST', `/tasks/${id}/done`, body);

export const cancelTask = (id: string) => change<unknown>('POST', `/tasks/${id}/cancel`, {});

export const reopenTask = (id: string) => change<unknown>('POST', `/tasks/${id}/reopen`, {});

export const changeTask = (id: string, body: TaskChange) => change<unknown>('PATCH', `/tasks/${id}`, body);
