import { type Acted, approvalJson } from '../../../engine/approval/command.ts';
import { type ApprovalState, attentionAt, awaited } from '../../../engine/approval/state.ts';
import type { Assignee } from '../../../engine/model/effects.ts';
import type { SubjectRef } from '../../../engine/model/state.ts';
import type { ApprovalDoc } from '../../../store/models/approval.ts';
import { aboutIn } from '../about.ts';
import { follows, type Happening } from '../happening.ts';
import type { Desk } from '../kinds.ts';
import type { Person } from '../person.ts';
import { ItemProblem } from '../problem.ts';
import { tellApprovers } from './mails.ts';

/** What was done to an approval, with the state that it is in now. @throws ItemProblem where it cannot be done */
export function done(acted: Acted): Extract<Acted, { ok: true }> {
  if (!acted.ok) throw new ItemProblem(acted.code, acted.message);
  return acted;
}

/** Tells approvers that they are asked. @returns the events of what was done, the first to come first */
export function tellOf({ state, told, asks }: Extract<Acted, { ok: true }>, person: Person, desk: Desk): Happening[] {
  tellApprovers(asks, state, person, desk);
  const about = aboutIn(state.subject, desk);
  const approval = approvalJson(state);
  return told.map(({ name, by, data }) => follows(name, { ...data, by, approval, ...about }));
}

/** An approval as it is stored. @param before its document so far; absent for a new one */
export function docOf({ id, ...state }: ApprovalState, contactId: string, before?: ApprovalDoc): ApprovalDoc {
  const next = attentionAt({ id, ...state });
  const places = state.stages.flatMap(({ approvers }) => approvers);
  const users = places.flatMap(({ user, through }) => [user, ...through]);
  return {
    _id: id,
    ...state,
    contactId,
    awaited: awaited(state),
    involved: [...new Set([...(before?.involved ?? []), ...users])],
    ...(next !== undefined && { attentionAt: new Date(next) }),
    updatedAt: before?.updatedAt ?? new Date(state.requestedAt),
  };
}

/** Keys of the users who are meant: a user, all active ones with a role, or whoever has the subject. */
export function usersMeant(
  to: Assignee,
  { kind, id }: SubjectRef,
  person: Person,
  { staff, deals, docket }: Desk,
): string[] {
  if ('user' in to) return [to.user];
  if ('role' in to) return staff.holders(to.role);
  const owner = kind === 'ticket' ? docket.byId(id)?.doc.assignee : deals.byId(id)?.doc.owner;
  return [owner ?? person.doc.owner ?? []].flat();
}
