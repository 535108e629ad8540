import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { change, read } from './access.ts';
import type { Entry, Instance, Page, ProcessCounts, ProcessHead, ProcessLine, Version, Why } from './types.ts';

export const processList = queryOptions({
  queryKey: ['processes', 'list'],
  queryFn: async ({ signal }) => (await read<{ items: ProcessLine[] }>('/processes', {}, signal)).items,
  // Counts over everything that ever ran: no more often than somebody would look again.
  refetchInterval: 10_000,
});

export const processHead = (key: string) =>
  queryOptions({
    queryKey: ['processes', key, 'head'],
    queryFn: ({ signal }) => read<ProcessHead>(`/definitions/process/${key}`, {}, signal),
  });

export const processVersions = (key: string) =>
  queryOptions({
    queryKey: ['processes', key, 'versions'],
    queryFn: async ({ signal }) =>
      (await read<{ items: Version[] }>(`/definitions/process/${key}/versions`, {}, signal)).items,
  });

export const processCounts = (key: string) =>
  queryOptions({
    queryKey: ['processes', key, 'counts'],
    queryFn: ({ signal }) => read<ProcessCounts>(`/processes/${key}/counts`, {}, signal),
    refetchInterval: 4_000,
  });

export const setEnabled = (key: string, enabled: boolean) =>
  change<void>('POST', `/definitions/process/${key}/${enabled ? 'enable' : 'disable'}`);

export interface InstanceFilter {
  process: string;
  status?: string;
  step?: string;
  incident?: boolean;
}

export const instanceList = (filter: InstanceFilter) =>
  infiniteQueryOptions({
    queryKey: ['instances', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      read<Page<Instance>>('/instances', { ...filter, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 4_000,
  });

export const instance = (id: string) =>
  queryOptions({
    queryKey: ['instances', id, 'head'],
    queryFn: ({ signal }) => read<Instance>(`/instances/${id}`, {}, signal),
    refetchInterval: 3_000,
  });

export const instanceTimeline = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['instances', id, 'timeline'],
    queryFn: ({ pageParam, signal }) =>
      read<{ items: Entry[]; next?: number }>(`/instances/${id}/timeline`, { cursor: pageParam, limit: 200 }, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    refetchInterval: 3_000,
  });

export const instanceWhy = (id: string) =>
  queryOptions({
    queryKey: ['instances', id, 'why'],
    queryFn: ({ signal }) => read<Why>(`/instances/${id}/why`, {}, signal),
    refetchInterval: 3_000,
  });

export type Order = 'pause' | 'resume' | 'cancel' | 'retry' | 'skip';

/** Accepted at once, carried out by the workflow a moment later. */
export const order = (id: string, what: Order) => change<void>('POST', `/instances/${id}/${what}`, {});

export const retryAll = (process: string) => change<void>('POST', `/processes/${process}/retry`, {});
