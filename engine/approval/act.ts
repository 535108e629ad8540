import { refused, unchanged } from './answer.ts';
import type { Acted, ApprovalCommand, ApprovalScene } from './command.ts';
import { decide } from './decide.ts';
import { Draft, isFree } from './draft.ts';
import { attend } from './silence.ts';
import { type ApprovalDocument, type ApprovalState, openStage } from './state.ts';

type CommandOf<D extends ApprovalCommand['do']> = Extract<ApprovalCommand, { do: D }>;

/**
 * What one command does to an approval. Pure. What was done before by the same person answers as done; a look before
 * anything is due changes nothing.
 */
export function act(state: ApprovalState, command: ApprovalCommand, scene: ApprovalScene): Acted {
  switch (command.do) {
    case 'decide':
      return decide(state, command, scene);
    case 'delegate':
      return delegate(state, command, scene);
    case 'withdraw':
      return withdraw(state, command, scene);
    case 'abandon':
      return state.status === 'pending' ? withdraw(state, { do: 'withdraw', by: command.by }, scene) : unchanged(state);
    case 'document-changed':
      return changeDocument(state, command, scene);
    case 'attend':
      return attend(state, scene);
  }
}

/** Hands on a place in the open stage; whoever gets it decides for whose place it is. */
function delegate(state: ApprovalState, { by, to, comment }: CommandOf<'delegate'>, scene: ApprovalScene): Acted {
  if (state.status !== 'pending') return refused('APPROVAL_DECIDED', `it is ${state.status} already`);
  const user = by.slice('user:'.length);
  const draft = new Draft(state, scene);
  const stage = openStage(draft.state);
  const place = stage?.approvers.find((one) => one.user === user && one.decision === undefined);
  if (stage === undefined || place === undefined) {
    const handed = stage?.approvers.some((one) => one.user === to && one.through.at(-1) === user);
    if (handed) return unchanged(state);
    return refused('APPROVAL_NOT_ASKED', `${user} is not asked now, and has nothing to hand on`);
  }
  if (!scene.people.some(({ key, active }) => key === to && active)) {
    return refused('USER_NOT_FOUND', `to: there is no active user ${to}`);
  }
  if (!isFree(draft.state, stage, place, to)) {
    return refused('APPROVAL_DELEGATION_REFUSED', `to: ${to} is asked in this stage already, or has handed this on`);
  }
  if (!draft.isPresent(to)) return refused('APPROVAL_DELEGATION_REFUSED', `to: ${to} is away now: name somebody else`);
  place.through = [...place.through, user];
  place.user = to;
  delete place.remindedAt;
  draft.note('delegated', by, { stage: stage.id, user: to, of: user, comment });
  draft.tell('approval.delegated', by, { user, to, ...(comment !== undefined && { comment }) });
  draft.ask(to, 'delegated');
  return draft.done();
}

function withdraw(state: ApprovalState, { by, comment }: CommandOf<'withdraw'>, scene: ApprovalScene): Acted {
  if (state.status === 'withdrawn') return unchanged(state);
  if (state.status !== 'pending') return refused('APPROVAL_DECIDED', `it is ${state.status} already`);
  const draft = new Draft(state, scene);
  draft.end('withdrawn', by, comment);
  return draft.done();
}

/**
 * Other bytes: everybody is asked again, and what was decided stays on the trail alone. Thresholds were looked at for another sum: where it has grown, those
 * are asked too who were left out.
 */
function changeDocument(
  state: ApprovalState,
  { by, was, document }: CommandOf<'document-changed'>,
  scene: ApprovalScene,
): Acted {
  if (state.status !== 'pending' || state.document?.id !== was) return unchanged(state);
  const draft = new Draft(state, scene);
  const before = state.document;
  if (document === undefined) {
    draft.end('withdrawn', by, `${before.number} is void`);
    return draft.done();
  }
  const shown = state.amount === before.gross ? sumOf(document) : {};
  Object.assign(draft.state, { document, round: state.round + 1, ...shown });
  for (const stage of draft.state.stages) {
    if (stage.status !== 'skipped' || isMore(document, before)) stage.status = 'waiting';
    stage.approvers = stage.approvers.map(({ user, through }) => ({ user: through[0] ?? user, through: [] }));
  }
  draft.note('asked-again', by, { document });
  draft.tell('approval.asked-again', by, { was: before.number, document: document.number });
  draft.begin('asked-again', by);
  return draft.done();
}

function sumOf({ gross, currency }: ApprovalDocument): Pick<ApprovalState, 'amount' | 'currency'> {
  return { ...(gross !== undefined && { amount: gross }), ...(currency !== undefined && { currency }) };
}

/** Whether a document comes to more than the one before it; to another currency's sum, for all that is known. */
function isMore(document: ApprovalDocument, before: ApprovalDocument): boolean {
  if (document.gross === undefined || before.gross === undefined) return false;
  return document.currency !== before.currency || document.gross > before.gross;
}
