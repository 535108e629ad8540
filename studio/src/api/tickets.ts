import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  conversation,
  messageAnswer,
  slaAnswer,
  ticketCard,
  ticketChange,
  ticketLine,
} from '../../../api/routes/tickets-shapes.ts';
import type { TicketStatus } from '../../../engine/model/ticket.ts';
import { change, read } from './access.ts';
import { ApiProblem } from './client.ts';
import type { Page } from './types.ts';

export type TicketLine = z.infer<typeof ticketLine>;
export type TicketCard = z.infer<typeof ticketCard>;
export type TicketMessage = z.infer<typeof messageAnswer>;
export type Clock = TicketLine['clocks'][number];
export type Sla = z.infer<typeof slaAnswer>;
export type SlaLine = Sla['ledger'][number];
export type TicketChange = z.input<typeof ticketChange>;

export interface TicketFilter {
  status?: string;
  /** null: nobody. */
  assignee?: string | null;
  topic?: string;
  priority?: string;
  breached?: boolean;
  search?: string;
  contact?: string;
  sort?: 'updated' | 'due';
}

/** The stream says what changed; the interval is for the case that it is away. */
const fallBack = 30_000;

export const ticketList = (filter: TicketFilter) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      read<Page<TicketLine>>('/tickets', { ...filter, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: fallBack,
  });

export const ticket = (id: string) =>
  queryOptions({
    queryKey: ['tickets', id, 'card'],
    queryFn: ({ signal }) => read<TicketCard>(`/tickets/${id}`, {}, signal),
    refetchInterval: fallBack,
  });

export const ticketMessages = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['tickets', id, 'messages'],
    queryFn: ({ pageParam, signal }) =>
      read<z.infer<typeof conversation>>(`/tickets/${id}/messages`, { cursor: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: fallBack,
  });

export const ticketSla = (id: string) =>
  queryOptions({
    queryKey: ['tickets', id, 'sla'],
    queryFn: ({ signal }) => read<Sla>(`/tickets/${id}/sla`, {}, signal),
  });

export const reply = (id: string, body: { text: string; status?: TicketStatus; articles: string[] }) =>
  change<unknown>('POST', `/tickets/${id}/replies`, body);

export const note = (id: string, text: string) => change<unknown>('POST', `/tickets/${id}/notes`, { text });

export const changeTicket = (id: string, body: TicketChange) => change<unknown>('PATCH', `/tickets/${id}`, body);

export const acceptTicket = (id: string) => change<unknown>('POST', `/tickets/${id}/accept`);

export const mergeTicket = (id: string, into: string) => change<unknown>('POST', `/tickets/${id}/merge`, { into });

/** @throws ApiProblem NOT_FOUND when no ticket has this number */
export async function findByNumber(number: number): Promise<string> {
  const { items } = await read<Page<TicketLine>>('/tickets', { search: String(number) });
  const found = items.find((one) => one.number === number);
  if (found === undefined) throw new ApiProblem(404, { code: 'NOT_FOUND', detail: `#${number}` });
  return found.id;
}
