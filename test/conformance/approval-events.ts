import type { Scenario } from '../../engine/schema/process.ts';
import { Approvals } from '../../store/models/approval.ts';
import type { Stage } from './stage.ts';

/** Brings about the outcome of the latest approval of a step, as the simulator does: everybody answers so who is asked. */
export async function decideApproval(
  stage: Stage,
  contactId: string,
  { of, data: { outcome, comment } }: Scenario['events'][number],
  at: number,
): Promise<void> {
  const find = async () => await Approvals.findOne({ contactId, 'step.id': of }).sort({ requestedAt: -1 }).lean();
  for (let approval = await find(); approval !== null && approval.status === 'pending'; approval = await find()) {
    const [user] = approval.awaited;
    if (user === undefined) throw new Error(`nobody is asked by step "${of}"`);
    const { _id: approvalId, round, document } = approval;
    const answer = { decision: String(outcome), round, ...(document && { sha256: document.sha256 }) };
    const said = typeof comment === 'string' ? { comment } : {};
    await stage.submit('approval', { do: 'decide', approvalId, by: `user:${user}`, ...answer, ...said }, at);
  }
}
