import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { dealCard, dealChange, dealHistory, dealQuery, openDeal } from '../../../api/routes/deals-shapes.ts';
import type { dealMoney } from '../../../api/routes/money-shapes.ts';
import type { Refusal } from '../../../engine/model/deal.ts';
import type { LocalizedText } from '../../../engine/model/effects.ts';
import type { Pipeline } from '../../../engine/schema/index.ts';
import { change, read } from './access.ts';
import { ApiProblem } from './client.ts';
import type { Board, Deal, Wish } from './deal-types.ts';
import { applied } from './intake.ts';
import type { Page, RowType, TimelineRow } from './types.ts';

export type { Board, BoardDeal, BoardStage, Deal, Wish } from './deal-types.ts';

export type DealCard = z.infer<typeof dealCard>;
export type DealMoney = z.infer<typeof dealMoney>;
export type DealChange = z.input<typeof dealChange>;
export type NewDeal = z.input<typeof openDeal>;
export type DealFilter = Omit<z.input<typeof dealQuery>, 'limit' | 'cursor' | 'owner'> & {
  /** null: nobody. */
  owner?: string | null;
};

/** The stream says what changed; the interval is for the case that it is away. */
const fallBack = 30_000;

export const pipelineList = queryOptions({
  queryKey: ['definitions', 'pipeline'],
  queryFn: async ({ signal }) => {
    const { items } = await read<{ items: PipelineHead[] }>('/definitions', { kind: 'pipeline' }, signal);
    return items.filter(({ live }) => live !== undefined);
  },
  staleTime: 60_000,
});

interface PipelineHead {
  key: string;
  name: LocalizedText;
  live?: object;
}

type Guards = Pipeline['won']['guards'];

/** A definition as it was published: what has a default may be absent. */
interface PipelineBody extends Partial<Pick<Pipeline, 'currency' | 'lostReasons'>> {
  stages: { key: string; name: LocalizedText; guards?: Guards }[];
  won?: { guards?: Guards };
  lost?: { guards?: Guards };
}

/** As much of a pipeline as its deals need. */
export interface PipelineWays extends Pick<Pipeline, 'currency' | 'lostReasons'> {
  stages: { key: string; name: LocalizedText }[];
  /** Of all stages and both ends. */
  guards: Guards;
}

/** The live version of a pipeline. */
export const pipeline = (key: string) =>
  queryOptions({
    queryKey: ['definitions', 'pipeline', key],
    queryFn: async ({ signal }): Promise<PipelineWays> => {
      const { body } = await read<{ body?: PipelineBody }>(`/definitions/pipeline/${key}`, {}, signal);
      const { stages = [], won, lost, currency = 'RUB', lostReasons = [] } = body ?? {};
      return { currency, lostReasons, stages, guards: [...stages, won, lost].flatMap((gate) => gate?.guards ?? []) };
    },
    staleTime: 60_000,
  });

export interface BoardFilter {
  /** null: nobody. */
  owner?: string | null;
  search?: string;
}

export const board = (key: string, filter: BoardFilter) =>
  queryOptions({
    queryKey: ['deals', 'list', 'board', key, filter],
    queryFn: ({ signal }) => read<Board>(`/pipelines/${key}/board`, { ...filter }, signal),
    refetchInterval: fallBack,
  });

export const dealList = (filter: DealFilter) =>
  infiniteQueryOptions({
    queryKey: ['deals', 'list', filter],
    queryFn: ({ pageParam, signal }) => read<Page<Deal>>('/deals', { ...filter, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: fallBack,
  });

export const deal = (id: string) =>
  queryOptions({
    queryKey: ['deals', id, 'card'],
    queryFn: ({ signal }) => read<DealCard>(`/deals/${id}`, {}, signal),
    refetchInterval: fallBack,
  });

export const dealHistoryOf = (id: string) =>
  queryOptions({
    queryKey: ['deals', id, 'history'],
    queryFn: async ({ signal }) => (await read<z.infer<typeof dealHistory>>(`/deals/${id}/history`, {}, signal)).items,
    refetchInterval: fallBack,
  });

export const dealMoneyOf = (id: string) =>
  queryOptions({
    queryKey: ['deals', id, 'money'],
    queryFn: ({ signal }) => read<DealMoney>(`/deals/${id}/money`, {}, signal),
    refetchInterval: fallBack,
  });

export const dealTimeline = (id: string, type: RowType | undefined) =>
  infiniteQueryOptions({
    queryKey: ['deals', id, 'timeline', type],
    queryFn: ({ pageParam, signal }) =>
      read<Page<TimelineRow>>(`/deals/${id}/timeline`, { type, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 10_000,
  });

/** @returns the id of the deal, once it is there. @throws ApiProblem, with the guards that refuse its stage */
export async function openDealOf(body: NewDeal): Promise<string> {
  const { id } = await change<{ id: string }>('POST', '/deals', body);
  await applied(id);
  return id;
}

/** The answer of a deed: the deal as it is then, or the id of what a busy writer has only accepted. */
async function done(id: string, answer: Promise<Deal | { id: string }>): Promise<Deal> {
  const known = await answer;
  if ('stage' in known) return known;
  await applied(known.id);
  return await read<Deal>(`/deals/${id}`);
}

export const changeDeal = (id: string, body: DealChange) => done(id, change('PATCH', `/deals/${id}`, body));

/** Moves an open deal into a stage or to its end, or a closed one back into a stage. @throws ApiProblem GUARD_NOT_MET */
export function moveDeal({ id, status }: Pick<Deal, 'id' | 'status'>, { to, ...how }: Wish): Promise<Deal> {
  if (to === 'won' || to === 'lost') return done(id, change('POST', `/deals/${id}/${to}`, how));
  return done(id, change('POST', `/deals/${id}/${status === 'open' ? 'move' : 'reopen'}`, { to, ...how }));
}

export const noteOnDeal = (id: string, text: string) => done(id, change('POST', `/deals/${id}/notes`, { text }));

/** The guards that refused, where that is what an error says. */
export function refusalsOf(error: Error): Refusal[] | undefined {
  if (!(error instanceof ApiProblem) || error.code !== 'GUARD_NOT_MET') return undefined;
  const { refused } = error.details;
  return Array.isArray(refused) ? refused : undefined;
}
