import { z } from 'zod';
import { need } from '../../delivery/intake/approvals/body.ts';
import { approvalOutcomes, approvalStatuses, verdicts } from '../../engine/approval/state.ts';
import { key } from '../../engine/schema/common.ts';
import { localizedText, pageQuery, time } from '../shapes.ts';

/** Shapes of approvals in the API. Who acts is named by the header `X-Voronka-User`. */

const approver = z.object({
  user: z.string().describe('key of the user who is asked'),
  name: z.string().optional(),
  onBehalfOf: z.string().optional().describe('key of the user whose place it is, where it was handed on'),
  decision: z.enum(verdicts).optional(),
  comment: z.string().optional(),
  at: time.optional(),
  remindedAt: time.optional(),
});

const stage = z.object({
  id: z.string(),
  name: localizedText.optional(),
  need: need.describe('how many of its approvers must approve'),
  status: z.enum(['waiting', 'open', 'passed', 'skipped']),
  approvers: z.array(approver),
});

const boundDocument = z.object({
  id: z.string(),
  number: z.string(),
  sha256: z.string().describe('of the PDF that is to be approved; an answer names it'),
  template: z.string().optional(),
  gross: z.number().optional(),
  currency: z.string().optional(),
  status: z.enum(['issued', 'void', 'superseded']).optional(),
});

const trailLine = z.object({
  at: time,
  by: z.string(),
  what: z.string(),
  round: z.number(),
  stage: z.string().optional(),
  user: z.string().optional().describe('whom it concerns'),
  of: z.string().optional().describe('in whose place'),
  decision: z.enum(verdicts).optional(),
  comment: z.string().optional(),
  document: boundDocument.pick({ id: true, number: true, sha256: true }).optional(),
  outcome: z.enum(approvalOutcomes).optional(),
});

export const approvalAnswer = z.object({
  id: z.string(),
  title: localizedText,
  amount: z.number().optional(),
  currency: z.string().optional(),
  contact: z.object({ id: z.string(), name: z.string().optional() }),
  deal: z.object({ id: z.string(), number: z.number(), title: z.string() }).optional(),
  document: boundDocument.optional(),
  round: z.number().describe('of asking: grows when the document is superseded; an answer names it'),
  status: z.enum(approvalStatuses),
  awaited: z.array(z.string()).describe('keys of the users who are asked and have not answered'),
  stages: z.array(stage),
  process: z.string().optional().describe('key of the process whose step asked'),
  dueAt: time.optional(),
  remindAt: time.optional(),
  escalateAt: time.optional(),
  trail: z.array(trailLine).describe('all that was done, the oldest first'),
  requestedBy: z.string(),
  requestedAt: time,
  decidedAt: time.optional(),
});

export const approvalQuery = pageQuery.extend({
  approver: key.optional().describe('asked at some time; with `status=pending`: whose answer is awaited now'),
  status: z
    .enum([...approvalStatuses, 'decided'])
    .optional()
    .describe('`decided`: by whatever it is over'),
  contact: z.string().max(64).optional(),
  deal: z.string().max(64).optional(),
});

const comment = z.string().trim().min(1).max(5_000).optional();

export const approvalDecision = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  comment,
  sha256: z.string().max(64).optional().describe('of the document that was read; needed where there is one'),
  round: z.int().min(1).describe('that was shown'),
});

export const approvalDelegation = z.strictObject({ to: key, comment });

export const approvalComment = z.strictObject({ comment });
