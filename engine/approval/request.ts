import type { Actor } from '../model/actor.ts';
import { refused } from './answer.ts';
import type { Acted, ApprovalScene } from './command.ts';
import { Draft } from './draft.ts';
import { needed } from './quorum.ts';
import type { ApprovalStage, ApprovalState } from './state.ts';

/** An approval that is to be asked for: stages with the users that are named, skipped ones marked. */
export type ApprovalRequest = Omit<
  ApprovalState,
  'round' | 'status' | 'stages' | 'trail' | 'requestedAt' | 'decidedAt' | 'dueAt' | 'remindAt' | 'escalateAt'
> & {
  stages: (Pick<ApprovalStage, 'id' | 'name' | 'need' | 'substitutes'> & { skipped: boolean; users: string[] })[];
};

/**
 * Begins an approval: the approvers of its first stage are asked. One whose stages are all skipped is given at once.
 * Refused where it could never be given: nobody to ask, more approvals needed than people asked, a user that is not there, a
 * calendar that is not there or never open.
 */
export function requestApproval({ stages, ...request }: ApprovalRequest, by: Actor, scene: ApprovalScene): Acted {
  const state: ApprovalState = {
    ...request,
    round: 1,
    status: 'pending',
    stages: stages.map(({ skipped, users, ...stage }) => ({
      ...stage,
      status: skipped ? 'skipped' : 'waiting',
      approvers: [...new Set(users)].map((user) => ({ user, through: [] })),
    })),
    trail: [],
    requestedAt: scene.at,
  };
  const draft = new Draft(state, scene);
  const problem = unaskable(draft) ?? untimely(draft);
  if (problem !== undefined) return problem;
  draft.note('requested', by, { document: state.document });
  draft.tell('approval.requested', by);
  draft.begin('asked', by);
  return draft.done();
}

function unaskable({ state, scene }: Draft): Acted | undefined {
  const known = new Map(scene.people.map((person) => [person.key, person]));
  for (const stage of state.stages) {
    if (stage.status === 'skipped') continue;
    const { id, approvers, substitutes } = stage;
    if (approvers.length === 0) {
      return refused(
        'APPROVAL_NOBODY',
        `stage ${id}: nobody is found who could be asked: name a user, or give the role`,
      );
    }
    if (needed(stage) > approvers.length) {
      const text = `stage ${id}: ${needed(stage)} approvals are needed and ${approvers.length} people are asked`;
      return refused('APPROVAL_NOBODY', text);
    }
    const gone = approvers.find(({ user }) => known.get(user)?.active !== true && substitutes.length === 0);
    if (gone !== undefined) {
      return refused(
        'USER_NOT_FOUND',
        `stage ${id}: there is no active user ${gone.user}: name another one or a substitute`,
      );
    }
  }
  return undefined;
}

/** Silence must have its consequences: a time that never comes is found now. */
function untimely(draft: Draft): Acted | undefined {
  const { terms } = draft.state;
  const { calendar } = terms;
  if (calendar !== undefined && draft.scene.calendars[calendar] === undefined) {
    return refused('CALENDAR_NOT_FOUND', `There is no calendar "${calendar}"; publish it, then retry the step.`);
  }
  for (const iso of [terms.within, terms.remind, terms.escalate?.after]) {
    if (iso === undefined || draft.later(iso, draft.scene.at) !== null) continue;
    return refused('CALENDAR_NEVER_OPEN', `Calendar "${calendar}" has no ${iso} of open time ahead: give it hours.`);
  }
  return undefined;
}
