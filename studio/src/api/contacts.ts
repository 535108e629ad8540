import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { undoneMergeAnswer } from '../../../api/routes/merges.ts';
import { change, read } from './access.ts';
import { me } from './me.ts';
import type { Contact, Instance, Page, RowType, TimelineRow } from './types.ts';

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

export const contactTimeline = (id: string, type: RowType | undefined) =>
  infiniteQueryOptions({
    queryKey: ['contacts', id, 'timeline', type],
    queryFn: ({ pageParam, signal }) =>
      read<Page<TimelineRow>>(`/contacts/${id}/timeline`, { type, cursor: pageParam, limit: 50 }, signal),
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

/** Sets fields of a contact; attributes that are not named stay. */
export const changeContact = (id: string, fields: Partial<Pick<Contact, 'email' | 'phone' | 'attributes'>>) =>
  change<Contact>('PATCH', `/contacts/${id}`, { ...fields, by: me() || 'api' });

/** Makes two contacts again of one; what happened since stays with the survivor. @param absorbed id of the contact that went */
export const undoMerge = (survivor: string, absorbed: string) =>
  change<z.infer<typeof undoneMergeAnswer>>('POST', `/contacts/${survivor}/merges/${absorbed}/undo`, {
    by: me() || 'api',
  });
