import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { type CohortDoc, Cohorts } from '../../store/models/cohort.ts';
import { type CohortInput, cohortRoom, cohortWorkflow, type Entrant } from '../../workflows/messages.ts';
import { eachAtMost } from './concurrency.ts';
import type { DispatchDeps } from './deps.ts';

const page = 10;
const startsAtOnce = 10;

/** Starts the workflows of the cohorts that the intake has made. After a crash the next round, of whichever process, starts the rest. */
export async function startCohorts(deps: DispatchDeps): Promise<void> {
  for (;;) {
    const found = await Cohorts.find().sort({ _id: 1 }).limit(page).lean<CohortDoc[]>();
    await eachAtMost(startsAtOnce, found, (cohort) => start(cohort, deps));
    if (found.length < page) return;
  }
}

/** Which of the workflows are still to be started. */
export async function stillToStart(workflowIds: readonly string[]): Promise<Set<string>> {
  if (workflowIds.length === 0) return new Set();
  const found = await Cohorts.find({ _id: { $in: workflowIds } }, { _id: 1 }).lean();
  return new Set(found.map(({ _id }) => _id));
}

async function start({ _id, entrants }: CohortDoc, { client, taskQueue }: DispatchDeps): Promise<void> {
  const started: Entrant[] = JSON.parse(entrants);
  try {
    await client.workflow.start<(input: CohortInput) => Promise<void>>(cohortWorkflow, {
      workflowId: _id,
      taskQueue,
      args: [{ entrants: started, room: cohortRoom }],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  await Cohorts.deleteOne({ _id });
}
