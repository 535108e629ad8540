import type { ApprovalState, ApprovalStatus } from '../engine/approval/state.ts';
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

export interface ApprovalFilter {
  /** Key of a user who was asked at some time; of pending ones: whose answer is awaited. */
  approver?: string | undefined;
  /** `decided`: by whatever it is over. */
  status?: ApprovalStatus | 'decided' | undefined;
  /** All ids of one contact. */
  contactIds?: readonly string[] | undefined;
  /** Id of the deal that they are about. */
  deal?: string | undefined;
}

/** Approvals, the latest changed first. @param place part of the filter that leaves out the pages before */
export async function listApprovals(filter: ApprovalFilter, limit: number, place: object): Promise<ApprovalDoc[]> {
  const { approver, status, contactIds, deal } = filter;
  return await Approvals.find({
    ...place,
    ...(approver !== undefined && { [status === 'pending' ? 'awaited' : 'involved']: approver }),
    ...(status !== undefined && { status: status === 'decided' ? { $ne: 'pending' } : status }),
    ...(contactIds !== undefined && { contactId: { $in: contactIds } }),
    ...(deal !== undefined && { 'subject.id': deal }),
  })
    .sort({ updatedAt: -1, _id: -1 })
    .limit(limit)
    .lean<ApprovalDoc[]>();
}
