import { unchanged } from './answer.ts';
import type { Acted, ApprovalScene } from './command.ts';
import { Draft, isFree } from './draft.ts';
import { type ApprovalState, awaited, openStage } from './state.ts';

/** Reminds those who have not answered; who went away meanwhile is replaced. */
export function remind(state: ApprovalState, scene: ApprovalScene): Acted {
  const draft = new Draft(state, scene);
  const stage = openStage(draft.state);
  if (stage === undefined || !isDue(state.remindAt, scene)) return unchanged(state);
  const came = draft.replaceAbsent(stage);
  const late = awaited(draft.state).filter((user) => !came.includes(user));
  for (const place of stage.approvers) if (late.includes(place.user)) place.remindedAt = scene.at;
  for (const user of late) draft.note('reminded', 'system', { stage: stage.id, user });
  if (late.length > 0) draft.tell('approval.reminded', 'system', { users: late });
  for (const user of came) draft.ask(user, 'asked');
  for (const user of late) draft.ask(user, 'reminded');
  draft.remindLater();
  return draft.done();
}

/**
 * Whoever it is escalated to takes the place of somebody who has not answered, one each: whose own the place was may no longer
 * answer. Who is asked in the stage already is told once more.
 */
export function escalate(state: ApprovalState, scene: ApprovalScene): Acted {
  const draft = new Draft(state, scene);
  const stage = openStage(draft.state);
  const to = state.terms.escalate?.to;
  if (stage === undefined || to === undefined || !isDue(state.escalateAt, scene)) return unchanged(state);
  delete draft.state.escalateAt;
  const late = awaited(state);
  const asked: string[] = [];
  for (const user of to) {
    const own = stage.approvers.find((place) => place.user === user);
    if (own?.decision !== undefined) continue;
    if (own === undefined) {
      const place = stage.approvers.find(
        (one) => one.decision === undefined && !to.includes(one.user) && isFree(draft.state, stage, one, user),
      );
      if (place === undefined || !draft.isPresent(user)) continue;
      draft.take(stage, place, user);
    }
    asked.push(user);
  }
  draft.note('escalated', 'system', { stage: stage.id });
  draft.tell('approval.escalated', 'system', { users: late, to: asked });
  for (const user of asked) draft.ask(user, 'escalated');
  return draft.done();
}

/** Nobody decided in time. */
export function timeOut(state: ApprovalState, scene: ApprovalScene): Acted {
  if (state.status !== 'pending' || !isDue(state.dueAt, scene)) return unchanged(state);
  const draft = new Draft(state, scene);
  draft.end('timed-out', 'system');
  return draft.done();
}

function isDue(at: number | undefined, scene: ApprovalScene): boolean {
  return at !== undefined && at <= scene.at;
}
