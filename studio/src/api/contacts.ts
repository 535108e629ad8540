import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { read } from './access.ts';
import type { Contact, ContactMoment, Instance, MomentKind, Page, ScoreEntry } from './types.ts';

export interface ContactFilter {
  search?: string;
  class?: string;
  segment?: string;
}

export const contactList = (filter: ContactFilter) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      read<Page<Contact>>('/contacts', { ...filter, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 10_000,
  });

export const contact = (id: string) =>
  queryOptions({
    queryKey: ['contacts', id, 'card'],
    queryFn: ({ signal }) => read<Contact>(`/contacts/${id}`, {}, signal),
    refetchInterval: 5_000,
  });

export const contactScores = (id: string) =>
  queryOptions({
    queryKey: ['contacts', id, 'scores'],
    queryFn: ({ signal }) => read<Page<ScoreEntry>>(`/contacts/${id}/scores`, { limit: 200 }, signal),
    refetchInterval: 5_000,
  });

export const contactTimeline = (id: string, kind: MomentKind | undefined) =>
  infiniteQueryOptions({
    queryKey: ['contacts', id, 'timeline', kind],
    queryFn: ({ pageParam, signal }) =>
      read<Page<ContactMoment>>(`/contacts/${id}/timeline`, { kind, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 5_000,
  });

export const contactInstances = (id: string) =>
  queryOptions({
    queryKey: ['contacts', id, 'instances'],
    queryFn: ({ signal }) => read<Page<Instance>>('/instances', { contact: id, limit: 100 }, signal),
    refetchInterval: 5_000,
  });
