import type { intakeItem } from '../../delivery/intake/items.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { listApprovals } from '../../store/approvals.ts';
import { requireApproval, showApproval, showApprovals } from '../approvals/show.ts';
import { type Call, deed } from '../deed.ts';
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { idParams, pageOf } from '../shapes.ts';
import type { Actor } from '../tickets/actor.ts';
import { beforeCursor, timeCursor } from '../time-cursor.ts';
import {
  approvalAnswer,
  approvalComment,
  approvalDecision,
  approvalDelegation,
  approvalQuery,
} from './approvals-shapes.ts';
import { findContact } from './contacts.ts';

const shared = {
  method: 'post',
  tag: 'Approvals',
  params: idParams,
  answer: approvalAnswer,
  idempotent: true,
  acts: true,
} as const;

type ApprovalInput = Parameters<typeof intakeItem<'approval'>>[2];

/** @throws VoronkaError NOT_FOUND, or why it cannot be done */
async function does(id: string, body: (by: Actor) => ApprovalInput, call: Call, deps: ApiDeps) {
  await requireApproval(id);
  return await deed({ kind: 'approval', body, show: () => showApproval(id) }, call, deps);
}

/** @throws VoronkaError USER_NOT_FOUND for a program: it has no place among approvers */
function person(by: Actor): `user:${string}` {
  if (by !== 'api') return by;
  throw new VoronkaError('USER_NOT_FOUND', 'X-Voronka-User: only a person answers; name the user');
}

export const approvalRoutes: Route[] = [
  route({
    method: 'get',
    path: '/approvals',
    tag: 'Approvals',
    summary: 'Approvals, the latest changed first',
    query: approvalQuery,
    answer: pageOf(approvalAnswer),
    async handle({ query: { limit, cursor, contact, ...filter } }) {
      const who = contact === undefined ? undefined : await findContact(contact);
      const contactIds = who && [who._id, ...who.mergedFrom];
      const docs = await listApprovals({ ...filter, contactIds }, limit + 1, beforeCursor('updatedAt', cursor));
      const items = docs.slice(0, limit);
      const last = items.at(-1);
      return {
        items: await showApprovals(items),
        ...(docs.length > limit && last && { next: timeCursor(last.updatedAt, last._id) }),
      };
    },
  }),

  route({
    method: 'get',
    path: '/approvals/{id}',
    tag: 'Approvals',
    summary: 'An approval with its whole trail',
    params: idParams,
    answer: approvalAnswer,
    async handle({ params: { id } }) {
      return await showApproval(id);
    },
  }),

  route({
    ...shared,
    path: '/approvals/{id}/decide',
    summary: 'Approve or reject what somebody is asked for',
    description:
      'An answer counts for the bytes that were shown: it names their hash and the round of asking. The same answer of the same person again is answered as done. Answers the approval as it is then, or 202 with an id to be asked for at /api/intake/{id} when it takes longer than two seconds.',
    body: approvalDecision,
    async handle({ params: { id: approvalId }, body: { decision, ...said }, ...call }, deps) {
      const verdict = decision === 'approve' ? 'approved' : 'rejected';
      const body = (by: Actor): ApprovalInput => {
        return { do: 'decide', approvalId, by: person(by), decision: verdict, ...said };
      };
      return await does(approvalId, body, call, deps);
    },
  }),

  route({
    ...shared,
    path: '/approvals/{id}/delegate',
    summary: 'Hand on a place among the approvers',
    description: 'Whoever gets it decides in the place of whoever handed it on, and is told so by mail.',
    body: approvalDelegation,
    async handle({ params: { id: approvalId }, body: way, ...call }, deps) {
      const body = (by: Actor): ApprovalInput => ({ do: 'delegate', approvalId, by: person(by), ...way });
      return await does(approvalId, body, call, deps);
    },
  }),

  route({
    ...shared,
    path: '/approvals/{id}/withdraw',
    summary: 'Withdraw a request for approval',
    description: 'A process that waits for it goes on by `rejected`, with the outcome `withdrawn`.',
    body: approvalComment,
    async handle({ params: { id: approvalId }, body: { comment }, ...call }, deps) {
      return await does(approvalId, (by) => ({ do: 'withdraw', approvalId, by, comment }), call, deps);
    },
  }),
];
