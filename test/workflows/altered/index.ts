import { sleep } from '@temporalio/workflow';
import { cohort as shipped } from '../../../workflows/index.ts';
import type { CohortInput } from '../../../workflows/messages.ts';

/** A shell that was changed without care: running workflows would break on it. */
export async function cohort(input: CohortInput): Promise<void> {
  await sleep('1 second');
  await shipped(input);
}
