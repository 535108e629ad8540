import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { type CohortInput, cohortWorkflow, type Entrant } from '../../workflows/messages.ts';
import { eachAtMost } from './concurrency.ts';
import type { DispatchDeps } from './deps.ts';

const page = 2_000;
const startsAtOnce = 10;

type Starting = Pick<InstanceDoc, '_id' | 'definition' | 'subject' | 'trigger' | 'vars'>;

const fields = { definition: 1, subject: 1, trigger: 1, vars: 1 } as const;

/** Starts the workflows of instances that were let in. The intake has put them into cohorts. */
export class Cohorts {
  readonly #client: Client;
  readonly #taskQueue: string;
  /** Workflows known to have been started whose instances may not have taken their first step yet. */
  #started = new Set<string>();
  /** Id of the latest instance that was looked at. Ids grow with the time of their making. */
  #latest = '';

  constructor({ client, taskQueue }: Pick<DispatchDeps, 'client' | 'taskQueue'>) {
    this.#client = client;
    this.#taskQueue = taskQueue;
  }

  isStarted(workflowId: string): boolean {
    return this.#started.has(workflowId);
  }

  /** Starts the workflows of those who came in since the last time. */
  async startNew(): Promise<void> {
    for (;;) {
      const found = await Instances.find({ status: 'starting', _id: { $gt: this.#latest } }, { workflowId: 1 })
        .sort({ _id: 1 })
        .limit(page)
        .lean<Pick<InstanceDoc, '_id' | 'workflowId'>[]>();
      await this.#startUnknown(found.flatMap(({ workflowId }) => workflowId ?? []));
      this.#latest = found.at(-1)?._id ?? this.#latest;
      if (found.length < page) return;
    }
  }

  /**
   * Starts what a crash, of this process or another one, may have kept from starting, and what another clock than ours
   * gave an id out of turn.
   */
  async recover(): Promise<void> {
    const waiting: string[] = await Instances.distinct('workflowId', { status: 'starting' });
    this.#started = new Set(waiting.filter((workflowId) => this.#started.has(workflowId)));
    await this.#startUnknown(waiting);
  }

  async #startUnknown(workflowIds: readonly string[]): Promise<void> {
    const unknown = new Set(workflowIds.filter((workflowId) => !this.#started.has(workflowId)));
    await eachAtMost(startsAtOnce, unknown, async (workflowId) => {
      const cohort = await Instances.find({ workflowId, status: 'starting' }, fields)
        .sort({ _id: 1 })
        .lean<Starting[]>();
      if (cohort.length > 0) await this.#start(workflowId, cohort);
    });
  }

  async #start(workflowId: string, cohort: readonly Starting[]): Promise<void> {
    const entrants = cohort.map(({ _id, ...rest }): Entrant => ({ id: _id, ...rest }));
    try {
      await this.#client.workflow.start<(input: CohortInput) => Promise<void>>(cohortWorkflow, {
        workflowId,
        taskQueue: this.#taskQueue,
        args: [{ entrants }],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    this.#started.add(workflowId);
  }
}
