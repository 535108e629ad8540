import { unchanged } from './answer.ts';
import type { Acted, ApprovalScene } from './command.ts';
import { Draft, isFree } from './draft.ts';
import { type ApprovalStage, type ApprovalState, awaited, openStage } from './state.ts';

/** What silence leads to by now: it is over, or is escalated, and those who have not answered are reminded. */
export function attend(state: ApprovalState, scene: ApprovalScene): Acted {
  const draft = new Draft(state, scene);
  const stage = openStage(draft.state);
  const isDue = (at: number | undefined) => at !== undefined && at <= scene.at;
  if (stage === undefined) return unchanged(state);
  const { dueAt, escalateAt, remindAt } = state;
  if (isDue(dueAt)) {
    draft.end('timed-out', 'system');
    return draft.done();
  }
  if (!isDue(escalateAt) && !isDue(remindAt)) return unchanged(state);
  const asked = isDue(escalateAt) ? escalate(draft, stage) : [];
  if (isDue(remindAt)) remind(draft, stage, asked);
  return draft.done();
}

/** Reminds those who have not answered and are not asked just now; who went away meanwhile is replaced. */
function remind(draft: Draft, stage: ApprovalStage, asked: readonly string[]): void {
  const { at } = draft.scene;
  const came = draft.replaceAbsent(stage);
  const late = awaited(draft.state).filter((user) => !came.includes(user) && !asked.includes(user));
  for (const place of stage.approvers) if (late.includes(place.user)) place.remindedAt = at;
  for (const user of late) draft.note('reminded', 'system', { stage: stage.id, user });
  if (late.length > 0) draft.tell('approval.reminded', 'system', { users: late });
  for (const user of came) draft.ask(user, 'asked');
  for (const user of late) draft.ask(user, 'reminded');
  draft.remindLater();
}

/**
 * Whoever it is escalated to takes the place of somebody who has not answered, one each: whose own the place was may no longer
 * answer. Who is asked in the stage already is told once more. @returns who was told
 */
function escalate(draft: Draft, stage: ApprovalStage): string[] {
  const { state } = draft;
  const to = state.terms.escalate?.to ?? [];
  const late = awaited(state);
  const asked: string[] = [];
  delete state.escalateAt;
  for (const meant of to) {
    const user = draft.standIn(meant);
    const own = stage.approvers.find((place) => place.user === user);
    if (user === undefined || own?.decision !== undefined) continue;
    if (own === undefined) {
      const place = stage.approvers.find((one) => {
        return one.decision === undefined && !to.includes(one.user) && isFree(state, stage, one, user);
      });
      if (place === undefined) continue;
      draft.take(stage, place, user);
    }
    asked.push(user);
  }
  draft.note('escalated', 'system', { stage: stage.id });
  draft.tell('approval.escalated', 'system', { users: late, to: asked });
  for (const user of asked) draft.ask(user, 'escalated');
  return asked;
}
