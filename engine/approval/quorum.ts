import type { ApprovalStage } from './state.ts';

/** How many approvals a stage needs. */
export function needed({ need, approvers }: Pick<ApprovalStage, 'need' | 'approvers'>): number {
  if (need === 'all') return approvers.length;
  return need === 'any' ? 1 : need;
}

/** What the answers so far come to: passed once enough approve, refused once so many reject that enough no longer can. */
export function tally(stage: Pick<ApprovalStage, 'need' | 'approvers'>): 'passed' | 'refused' | 'open' {
  const { approvers } = stage;
  const enough = needed(stage);
  const rejected = approvers.filter(({ decision }) => decision === 'rejected').length;
  if (approvers.filter(({ decision }) => decision === 'approved').length >= enough) return 'passed';
  return approvers.length - rejected < enough ? 'refused' : 'open';
}
