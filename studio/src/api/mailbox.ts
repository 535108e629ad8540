import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { change, read } from './access.ts';
import type { Mail, MailLine, Page } from './types.ts';

/** The latest messages first; looked at every few seconds, because a mail is what one waits for here. */
export const mailList = (to: string) =>
  infiniteQueryOptions({
    queryKey: ['mailbox', 'list', to],
    queryFn: ({ pageParam, signal }) => read<Page<MailLine>>('/mailbox', { to, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 3_000,
  });

export const mail = (id: string) =>
  queryOptions({
    queryKey: ['mailbox', 'mail', id],
    queryFn: ({ signal }) => read<Mail>(`/mailbox/${encodeURIComponent(id)}`, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const clearMailbox = () => change<void>('DELETE', '/mailbox');
