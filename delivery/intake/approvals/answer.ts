import type { Queue } from 'bullmq';
import type { Verdict } from '../../../engine/approval/state.ts';
import { newId } from '../../../store/id.ts';
import { findIntake } from '../../../store/intake.ts';
import type { IntakeDoc } from '../../../store/models/intake.ts';
import { intakeDoc, intakeItem } from '../items.ts';
import { intakeApplied, submitIntake } from '../submit.ts';

/** One person's answer, with what they were shown: the round of asking, and the hash of the document's PDF. */
export interface Answer {
  approvalId: string;
  /** Key of the user. */
  user: string;
  decision: Verdict;
  comment?: string | undefined;
  round: number;
  sha256?: string | undefined;
}

/** What became of an answer: `later` when the single writer has not come to it within two seconds; it will. */
export type Answered =
  | { status: 'taken' }
  | { status: 'later' }
  | { status: 'refused'; problem: IntakeDoc['problems'][number] };

/** Real milliseconds. */
const patience = 2_000;

/** Hands an answer to the single writer and waits a moment for what becomes of it. @param now virtual epoch ms */
export async function answerApproval({ user, ...said }: Answer, intake: Queue, now: number): Promise<Answered> {
  const id = newId();
  const body = { do: 'decide', by: `user:${user}`, ...said } as const;
  await submitIntake(intake, [intakeDoc(id, [intakeItem('approval', id, body, 'delivery')], now)]);
  if (!(await intakeApplied([id], patience))) return { status: 'later' };
  const [problem] = (await findIntake(id))?.problems ?? [];
  return problem === undefined ? { status: 'taken' } : { status: 'refused', problem };
}
