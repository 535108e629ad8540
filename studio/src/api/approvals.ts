import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { approvalAnswer, approvalDecision } from '../../../api/routes/approvals-shapes.ts';
import { change, read } from './access.ts';
import { settled } from './settled.ts';
import type { Page } from './types.ts';

export type Approval = z.infer<typeof approvalAnswer>;
export type Stage = Approval['stages'][number];
export type Approver = Stage['approvers'][number];
export type TrailLine = Approval['trail'][number];

export interface ApprovalFilter {
  approver?: string;
  status?: string;
  contact?: string;
  deal?: string;
}

/** A decision counts for the bytes that were shown, and for the round in which they were. */
export type Decision = z.input<typeof approvalDecision>;

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

export const decide = (id: string, body: Decision) => settled(change('POST', `/approvals/${id}/decide`, body));

export const delegate = (id: string, body: { to: string; comment?: string }) =>
  settled(change('POST', `/approvals/${id}/delegate`, body));

export const withdraw = (id: string, body: { comment?: string }) =>
  settled(change('POST', `/approvals/${id}/withdraw`, body));
