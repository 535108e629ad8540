import type { Actor } from '../model/actor.ts';
import type { LocalizedText } from '../model/effects.ts';
import type { SubjectRef } from '../model/state.ts';

export const approvalOutcomes = ['approved', 'rejected', 'timed-out', 'withdrawn'] as const;
export type ApprovalOutcome = (typeof approvalOutcomes)[number];
export const approvalStatuses = ['pending', ...approvalOutcomes] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

export const verdicts = ['approved', 'rejected'] as const;
export type Verdict = (typeof verdicts)[number];

/** How many of a stage's approvers must approve. */
export type Need = 'all' | 'any' | number;

/** The document whose bytes are approved. A number is never given to other bytes, and the bytes of a document never change. */
export interface ApprovalDocument {
  id: string;
  number: string;
  /** Of its PDF, hex. */
  sha256: string;
  /** What it comes to, in its currency's main unit. */
  gross?: number;
  currency?: string;
}

/** One place among a stage's approvers; all times here are epoch milliseconds. */
export interface Approver {
  /** Key of the user who is asked now. */
  user: string;
  /** Who had the place before, its own holder first: they delegated, were away, or did not answer in time. */
  through: string[];
  decision?: Verdict;
  comment?: string;
  at?: number;
  remindedAt?: number;
}

export interface ApprovalStage {
  id: string;
  name?: LocalizedText;
  need: Need;
  /** `open`: its approvers are asked, or were when the approval ended. */
  status: 'waiting' | 'open' | 'passed' | 'skipped';
  approvers: Approver[];
  /** Keys of the users who take the place of an absent approver for whom no deputy is there. */
  substitutes: string[];
}

/** When something follows from silence: ISO 8601 durations, in open time where a calendar is named. */
export interface ApprovalTerms {
  /** Again and again, from the opening of a stage. */
  remind?: string;
  /** From asking; then it is over. */
  within?: string;
  /** From the opening of a stage: these users take the places of those who have not answered. */
  escalate?: { after: string; to: string[] };
  calendar?: string;
  /** Whose days are counted where no calendar is named. */
  zone: string;
}

/** One thing that was done, kept for good. */
export interface TrailEntry {
  at: number;
  by: Actor;
  what:
    | 'requested'
    | 'asked-again'
    | 'stage-opened'
    | 'stage-skipped'
    | 'stood-in'
    | 'decision'
    | 'delegated'
    | 'reminded'
    | 'escalated'
    | 'decided';
  round: number;
  stage?: string;
  /** Whom it concerns, and in whose place. */
  user?: string;
  of?: string;
  decision?: Verdict;
  comment?: string;
  document?: ApprovalDocument;
  outcome?: ApprovalOutcome;
}

export interface ApprovalState {
  id: string;
  subject: SubjectRef;
  title: LocalizedText;
  amount?: number;
  /** ISO 4217. */
  currency?: string;
  document?: ApprovalDocument;
  /** 1, 2, … grows when its document is superseded: everybody is asked again. */
  round: number;
  status: ApprovalStatus;
  stages: ApprovalStage[];
  terms: ApprovalTerms;
  /** The visit of the step that asked. */
  step?: { instance: string; id: string; visit: number };
  process?: string;
  dueAt?: number;
  remindAt?: number;
  escalateAt?: number;
  trail: TrailEntry[];
  requestedBy: Actor;
  requestedAt: number;
  decidedAt?: number;
}

/** The stage whose approvers are asked now. */
export function openStage({ status, stages }: Pick<ApprovalState, 'status' | 'stages'>): ApprovalStage | undefined {
  return status === 'pending' ? stages.find((stage) => stage.status === 'open') : undefined;
}

/** Keys of the users who are asked and have not answered. */
export function awaited(state: Pick<ApprovalState, 'status' | 'stages'>): string[] {
  const approvers = openStage(state)?.approvers ?? [];
  return approvers.filter(({ decision }) => decision === undefined).map(({ user }) => user);
}

/** When silence has its next consequence, epoch ms. */
export function attentionAt({ remindAt, escalateAt, dueAt }: ApprovalState): number | undefined {
  const times = [remindAt, escalateAt, dueAt].filter((at) => at !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}
