import { refused, unchanged } from './answer.ts';
import type { Acted, ApprovalCommand, ApprovalScene } from './command.ts';
import { Draft, decisionOf } from './draft.ts';
import { type ApprovalState, openStage } from './state.ts';

type Decide = Extract<ApprovalCommand, { do: 'decide' }>;

/**
 * One person's answer. It counts for the bytes that they were shown: those must be the present ones of the document that is bound, and
 * the document in force.
 */
export function decide(state: ApprovalState, command: Decide, scene: ApprovalScene): Acted {
  const { by, decision, comment, round } = command;
  const user = by.slice('user:'.length);
  const before = decisionOf(state, user);
  if (before !== undefined && round === state.round) {
    if (before.decision === decision) return unchanged(state);
    return refused('APPROVAL_DECIDED', `${user} has ${before.decision} it already`);
  }
  if (state.status !== 'pending') return refused('APPROVAL_DECIDED', `it is ${state.status} already`);
  if (round !== state.round) {
    return refused('APPROVAL_DOCUMENT_CHANGED', `round: it is asked for the ${state.round}. time, not the ${round}.`);
  }
  const draft = new Draft(state, scene);
  const stage = openStage(draft.state);
  const place = stage?.approvers.find((one) => one.user === user);
  if (stage === undefined || place === undefined) {
    return refused('APPROVAL_NOT_ASKED', `${user} is not asked now; those who are: ${askedNow(draft.state)}`);
  }
  const other = otherBytes(state, command, scene);
  if (other !== undefined) return other;
  Object.assign(place, { decision, at: scene.at, ...(comment !== undefined && { comment }) });
  const [of] = place.through;
  const said = { user, decision, ...(comment !== undefined && { comment }) };
  draft.note('decision', by, { ...said, stage: stage.id, of, document: state.document });
  draft.tell('approval.decision', by, { ...said, stage: stage.id, ...(of !== undefined && { onBehalfOf: of }) });
  draft.settle(stage, by, comment);
  return draft.done();
}

/** Why the bytes that were shown are not those that an answer would be for. */
function otherBytes({ document }: ApprovalState, { sha256 }: Decide, scene: ApprovalScene): Acted | undefined {
  if (document === undefined) {
    if (sha256 === undefined) return undefined;
    return refused('APPROVAL_DOCUMENT_CHANGED', 'sha256: no document is to be approved');
  }
  const { number } = document;
  const now = scene.document;
  if (now?.id !== document.id || now.status !== 'issued') {
    return refused('APPROVAL_DOCUMENT_CHANGED', `${number} is ${now?.status ?? 'gone'}: it can no longer be approved`);
  }
  if (sha256 === document.sha256 && sha256 === now.sha256) return undefined;
  const text = `sha256: ${number} is ${document.sha256}; read it and give the hash of what you read`;
  return refused('APPROVAL_DOCUMENT_CHANGED', text);
}

function askedNow(state: ApprovalState): string {
  return (openStage(state)?.approvers ?? []).map(({ user }) => user).join(', ') || 'nobody';
}
