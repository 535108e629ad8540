import type { ApprovalState } from '../engine/approval/state.ts';
import { type ApprovalDoc, Approvals } from './models/approval.ts';

export function approvalState(doc: ApprovalDoc): ApprovalState {
  const { _id, contactId: _, awaited: __, involved: ___, attentionAt: ____, updatedAt: _____, ...state } = doc;
  return { id: _id, ...state };
}

export async function findApproval(id: string): Promise<ApprovalDoc | null> {
  return await Approvals.findById(id).lean<ApprovalDoc>();
}

/** Approvals by their ids. */
export async function approvalsById(ids: readonly string[]): Promise<ApprovalDoc[]> {
  return ids.length === 0 ? [] : await Approvals.find({ _id: { $in: ids } }).lean<ApprovalDoc[]>();
}

/** Approvals that are bound to one of the documents and not decided. */
export async function pendingApprovalsOf(documentIds: readonly string[]): Promise<ApprovalDoc[]> {
  if (documentIds.length === 0) return [];
  const found = await Approvals.find({ 'document.id': { $in: documentIds } }).lean<ApprovalDoc[]>();
  return found.filter(({ status }) => status === 'pending');
}
