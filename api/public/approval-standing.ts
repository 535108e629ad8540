import {
  type ApprovalOutcome,
  type ApprovalState,
  type Approver,
  awaited,
  type Verdict,
} from '../../engine/approval/state.ts';
import type { ApprovalAsk } from '../../store/models/message.ts';

/** What the link in an approver's mail is good for by now. Times are virtual epoch ms. */
export type Standing =
  | { is: 'open' }
  /** They have decided, and others still have to. */
  | { is: 'answered'; decision: Verdict; at: number }
  | { is: 'closed'; outcome: ApprovalOutcome; at: number; decision?: Verdict }
  /** It was asked for an earlier document. */
  | { is: 'changed' }
  | { is: 'expired'; at: number }
  /** `user`: key of who decides in their place now, where it was passed on. */
  | { is: 'elsewhere'; user?: string };

/** What was decided is told to everybody who was asked, also by an old link; what is to be decided only by one that still counts. */
export function standingOf(state: Omit<ApprovalState, 'id'>, ask: ApprovalAsk, now: number): Standing {
  const places = state.stages.flatMap(({ approvers }) => approvers);
  const own = places.find(({ user, decision }) => user === ask.user && decision !== undefined);
  const isCurrent = ask.round === state.round && ask.sha256 === state.document?.sha256;
  const answer = isCurrent ? answerIn(own) : undefined;
  if (state.status !== 'pending') {
    const closed = { is: 'closed', outcome: state.status, at: state.decidedAt ?? now } as const;
    return answer === undefined ? closed : { ...closed, decision: answer.decision };
  }
  if (!isCurrent) return { is: 'changed' };
  if (answer !== undefined) return { is: 'answered', ...answer };
  if (now > ask.until) return { is: 'expired', at: ask.until };
  if (awaited(state).includes(ask.user)) return { is: 'open' };
  const heir = places.find(({ through }) => through.includes(ask.user))?.user;
  return { is: 'elsewhere', ...(heir !== undefined && { user: heir }) };
}

function answerIn(place: Approver | undefined): { decision: Verdict; at: number } | undefined {
  if (place?.decision === undefined || place.at === undefined) return undefined;
  return { decision: place.decision, at: place.at };
}
