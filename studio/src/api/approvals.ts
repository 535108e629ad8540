import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { LocalizedText } from '../../../engine/model/effects.ts';
import { change, read } from './access.ts';
import type { Page } from './types.ts';

export interface Approver {
  user: string;
  name?: string;
  /** Key of the user in whose place they decide. */
  onBehalfOf?: string;
  decision?: 'approved' | 'rejected';
  comment?: string;
  at?: string;
  delegatedTo?: string;
  remindedAt?: string;
}

export interface Stage {
  id: string;
  name?: LocalizedText;
  need: 'all' | 'any' | number;
  status: 'waiting' | 'open' | 'passed' | 'skipped';
  approvers: Approver[];
}

export interface TrailLine {
  at: string;
  by: string;
  what: string;
  [more: string]: unknown;
}

export interface Approval {
  id: string;
  title: LocalizedText;
  amount?: number;
  currency?: string;
  contact: { id: string; name?: string };
  deal?: { id: string; number: number; title: string };
  document?: {
    id: string;
    number: string;
    sha256: string;
    template?: string;
    gross?: number;
    currency?: string;
    status?: string;
  };
  /** Grows with each asking anew. */
  round: number;
  status: 'pending' | 'approved' | 'rejected' | 'timed-out' | 'withdrawn';
  stages: Stage[];
  dueAt?: string;
  trail: TrailLine[];
  requestedAt: string;
  decidedAt?: string;
}

export interface ApprovalFilter {
  approver?: string;
  status?: string;
  contact?: string;
  deal?: string;
}

/** A decision counts for the bytes that were shown, and for the round in which they were. */
export interface Decision {
  decision: 'approve' | 'reject';
  comment?: string;
  sha256?: string;
  round: number;
}

const refetchInterval = 10_000;

export const approvalList = (filter: ApprovalFilter) =>
  infiniteQueryOptions({
    queryKey: ['approvals', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      read<Page<Approval>>('/approvals', { ...filter, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval,
  });

export const approval = (id: string) =>
  queryOptions({
    queryKey: ['approvals', id],
    queryFn: ({ signal }) => read<Approval>(`/approvals/${id}`, {}, signal),
    refetchInterval,
  });

export const decide = (id: string, body: Decision) => change<unknown>('POST', `/approvals/${id}/decide`, body);

export const delegate = (id: string, body: { to: string; comment?: string }) =>
  change<unknown>('POST', `/approvals/${id}/delegate`, body);

export const withdraw = (id: string, body: { comment?: string }) =>
  change<unknown>('POST', `/approvals/${id}/withdraw`, body);
