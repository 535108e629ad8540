import type { JsonObject } from '../json.ts';
import type { Actor } from '../model/actor.ts';
import type { Colleague } from '../routing/reach.ts';
import type { Calendar } from '../schema/calendar.ts';
import type { ApprovalDocument, ApprovalState, Verdict } from './state.ts';

/**
 * What can be done to an approval. `decide` names what was shown to who decides: the round, and the hash of the document.
 * `document-changed` tells what took the place of its document; nothing: it was voided. `abandon`: nobody
 * waits for its outcome any more. `attend` comes from the clock: a look at what silence leads to.
 */
export type ApprovalCommand =
  | {
      do: 'decide';
      by: `user:${string}`;
      decision: Verdict;
      comment?: string | undefined;
      sha256?: string | undefined;
      round: number;
    }
  | { do: 'delegate'; by: `user:${string}`; to: string; comment?: string | undefined }
  | { do: 'withdraw'; by: Actor; comment?: string | undefined }
  | { do: 'abandon'; by: Actor }
  | { do: 'document-changed'; by: Actor; was: string; document?: ApprovalDocument | undefined }
  | { do: 'attend' };

/** A document as it is at the moment of deciding. */
export interface PresentDocument {
  id: string;
  status: 'issued' | 'void' | 'superseded';
  /** Absent: its bytes are not made yet. */
  sha256?: string | undefined;
}

/** What is so when a command comes. */
export interface ApprovalScene {
  /** When it happened, epoch ms. */
  at: number;
  /** When it is looked at: not before `at`. */
  now: number;
  people: readonly Colleague[];
  calendars: Record<string, Calendar>;
  /** The approval's document. */
  document?: PresentDocument | undefined;
}

/**
 * Names of the domain events of an approval. Each is an event of the subject's contact; its data hold `approval`
 * (`approvalJson` after it happened), `by`, the whole `deal` that it is about, and what the table says.
 *
 * | event | also |
 * |---|---|
 * | approval.requested | |
 * | approval.decision | one person's: `user`, `onBehalfOf`, `decision`, `comment` |
 * | approval.delegated | `user`, `to`, `comment` |
 * | approval.reminded | `users` |
 * | approval.escalated | `users`: who has not answered, `to` |
 * | approval.asked-again | `was`, `document`: numbers of the document before and now |
 * | approval.decided | `outcome`, `comment`: of whom it came to that |
 */
export const approvalEvents = [
  'approval.requested',
  'approval.decision',
  'approval.delegated',
  'approval.reminded',
  'approval.escalated',
  'approval.asked-again',
  'approval.decided',
] as const;
export type ApprovalEventName = (typeof approvalEvents)[number];

export interface ApprovalNews {
  name: ApprovalEventName;
  by: Actor;
  data: JsonObject;
}

/** Somebody who is to be told that they are asked, and why now. */
export interface Ask {
  user: string;
  why: 'asked' | 'asked-again' | 'delegated' | 'reminded' | 'escalated';
}

export type RefusalCode =
  | 'APPROVAL_DECIDED'
  | 'APPROVAL_DOCUMENT_CHANGED'
  | 'APPROVAL_NOT_ASKED'
  | 'APPROVAL_DELEGATION_REFUSED'
  | 'APPROVAL_NOBODY'
  | 'CALENDAR_NEVER_OPEN'
  | 'CALENDAR_NOT_FOUND'
  | 'USER_NOT_FOUND';

/** What a command came to. Without `told` nothing has changed: it was done before, or its time is not now. */
export type Acted =
  | { ok: true; state: ApprovalState; told: ApprovalNews[]; asks: Ask[] }
  | { ok: false; code: RefusalCode; message: string };

/** The approval as an event's data hold it. */
export function approvalJson(state: ApprovalState): JsonObject {
  const { id, title, status, amount, currency, document, round, step, process } = state;
  const outcome = status === 'pending' ? undefined : status;
  return JSON.parse(JSON.stringify({ id, title, status, outcome, amount, currency, document, round, step, process }));
}
