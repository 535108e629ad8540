import { queryOptions } from '@tanstack/react-query';
import { read } from './access.ts';
import type { TicketLine } from './tickets.ts';
import type { Contact, Page } from './types.ts';

/** Somebody whom a task may be about: the first that match, or the latest. */
export const peopleToName = (search: string) =>
  queryOptions({
    queryKey: ['contacts', 'to-name', search],
    queryFn: async ({ signal }) => (await read<Page<Contact>>('/contacts', { search, limit: 20 }, signal)).items,
    staleTime: 10_000,
  });

/** What goes on with a contact: deals and tickets that are open. */
export const mattersOf = (contact: string) =>
  queryOptions({
    queryKey: ['contacts', contact, 'matters'],
    queryFn: async ({ signal }) => {
      const [deals, tickets] = await Promise.all([
        read<Page<{ id: string; number: number; title: string }>>('/deals', { contact, status: 'open' }, signal),
        read<Page<TicketLine>>('/tickets', { contact, status: 'active' }, signal),
      ]);
      return { deals: deals.items, tickets: tickets.items };
    },
    enabled: contact !== '',
  });
