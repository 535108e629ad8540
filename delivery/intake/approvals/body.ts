import { z } from 'zod';
import { verdicts } from '../../../engine/approval/state.ts';
import { duration, key, localized, zone } from '../../../engine/schema/common.ts';
import { assignee } from '../../../engine/steps/people.ts';
import { actor } from '../actor.ts';

const person = z.templateLiteral(['user:', key]);
const comment = z.string().trim().min(1).max(5_000).optional();
const known = { approvalId: z.string().max(64) };

export const need = z.union([z.enum(['all', 'any']), z.int().min(1).max(100)]);

/**
 * What is done to an approval. `by` of an answer is the person who gives it, by whichever way: the header of the API, or the signed
 * link of their mail.
 */
export const approvalBody = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('request'),
    by: actor,
    subject: z.strictObject({ kind: z.enum(['contact', 'deal', 'ticket']), id: z.string(), contactId: z.string() }),
    title: localized,
    /** Id of the document whose bytes are to be approved. */
    documentId: z.string().max(64).optional(),
    amount: z.number().optional(),
    currency: z.string().max(3).optional(),
    stages: z
      .array(
        z.strictObject({
          id: key,
          name: localized.optional(),
          skipped: z.boolean().default(false),
          approvers: z.array(assignee).min(1).max(100),
          need: need.default('all'),
          substitute: assignee.optional(),
        }),
      )
      .min(1)
      .max(20),
    remind: duration.optional(),
    within: duration.optional(),
    escalate: z.strictObject({ after: duration, to: assignee }).optional(),
    calendar: key.optional(),
    zone,
    /** Virtual epoch ms. */
    occurredAt: z.int().optional(),
    step: z.strictObject({ instance: z.string(), id: key, visit: z.int() }).optional(),
    process: key.optional(),
  }),
  z.strictObject({
    ...known,
    do: z.literal('decide'),
    by: person,
    decision: z.enum(verdicts),
    comment,
    sha256: z.string().max(64).optional(),
    round: z.int().min(1),
  }),
  z.strictObject({ ...known, do: z.literal('delegate'), by: person, to: key, comment }),
  z.strictObject({ ...known, do: z.literal('withdraw'), by: actor, comment }),
  /** Nobody waits for its outcome any more. */
  z.strictObject({ ...known, do: z.literal('abandon'), by: actor }),
  /** The time has come at which it is to be looked at: a reminder, its escalation, or its end. */
  z.strictObject({ ...known, do: z.literal('attend'), by: z.literal('system'), occurredAt: z.int() }),
]);
export type ApprovalBody = z.infer<typeof approvalBody>;

/** A document of which something is told that has already happened to it. */
export const documentBody = z.strictObject({
  do: z.enum(['issued', 'voided', 'superseded']),
  documentId: z.string().max(64),
});
export type DocumentBody = z.infer<typeof documentBody>;
