import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import mongoose from 'mongoose';
import { fence, type Lease } from '../../store/leases.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { type CohortInput, cohortWorkflow, type Entrant } from '../../workflows/messages.ts';
import { eachAtMost } from './concurrency.ts';
import { type DispatchDeps, leaseMs } from './deps.ts';

/** Bounds of one cohort: instances, and characters of what its workflow is started with. */
const maxInstances = 200;
const maxSize = 600_000;
const page = 2_000;
const startsAtOnce = 10;

type Starting = Pick<InstanceDoc, '_id' | 'definition' | 'subject' | 'trigger' | 'vars'>;

interface Cohort {
  workflowId: string;
  members: readonly Starting[];
}

const fields = { definition: 1, subject: 1, trigger: 1, vars: 1 } as const;

/** Starts the workflows of instances that were let in, by the cohort. */
export class Cohorts {
  readonly #client: Client;
  readonly #taskQueue: string;
  /** Workflows known to have been started whose instances may not have taken their first step yet. */
  #started = new Set<string>();

  constructor({ client, taskQueue }: Pick<DispatchDeps, 'client' | 'taskQueue'>) {
    this.#client = client;
    this.#taskQueue = taskQueue;
  }

  isStarted(workflowId: string): boolean {
    return this.#started.has(workflowId);
  }

  /** Puts everybody who waits into cohorts of one definition version, and starts these. */
  async startAll(lease: Lease): Promise<void> {
    for (;;) {
      const starting = await Instances.find({ status: 'starting', workflowId: { $exists: false } })
        .select(fields)
        .sort({ _id: 1 })
        .limit(page)
        .lean<Starting[]>();
      const cohorts = group(starting).map((members) => ({ workflowId: workflowIdOf(members), members }));
      for (let first = 0; first < cohorts.length; first += startsAtOnce) {
        const some = cohorts.slice(first, first + startsAtOnce);
        await this.#assign(some, lease);
        await eachAtMost(startsAtOnce, some, ({ workflowId, members }) => this.#start(workflowId, members));
      }
      if (starting.length < page) return;
    }
  }

  /** Starts what was assigned to a workflow that a crash, of this process or another one, may have kept from starting. */
  async recover(): Promise<void> {
    const waiting: string[] = await Instances.distinct('workflowId', {
      status: 'starting',
      workflowId: { $exists: true },
    });
    this.#started = new Set(waiting.filter((workflowId) => this.#started.has(workflowId)));
    const unknown = waiting.filter((workflowId) => !this.#started.has(workflowId));
    await eachAtMost(startsAtOnce, unknown, async (workflowId) => {
      const cohort = await Instances.find({ workflowId, status: 'starting' }, fields)
        .sort({ _id: 1 })
        .lean<Starting[]>();
      if (cohort.length > 0) await this.#start(workflowId, cohort);
    });
  }

  /**
   * All or none, and only while the lease holds: nobody else starts a workflow with a part of its cohort. Together,
   * because transactions side by side would all want to prolong the lease, and conflict.
   */
  async #assign(cohorts: readonly Cohort[], lease: Lease): Promise<void> {
    await mongoose.connection.transaction(async (session) => {
      await fence(lease, leaseMs, session);
      const updates = cohorts.map(({ workflowId, members }) => {
        const filter = { _id: { $in: members.map(({ _id }) => _id) } };
        return { updateMany: { filter, update: { $set: { workflowId } } } };
      });
      await Instances.bulkWrite(updates, { session, ordered: false });
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

/** Cohorts of one definition version, each within the bounds. */
function group(starting: readonly Starting[]): Starting[][] {
  const cohorts: Starting[][] = [];
  const open = new Map<string, { cohort: Starting[]; size: number }>();
  for (const instance of starting) {
    const { hash } = instance.definition;
    const size = JSON.stringify(instance).length;
    const current = open.get(hash);
    if (current && current.cohort.length < maxInstances && current.size + size <= maxSize) {
      current.cohort.push(instance);
      current.size += size;
    } else {
      const cohort = [instance];
      cohorts.push(cohort);
      open.set(hash, { cohort, size });
    }
  }
  return cohorts;
}

/** An instance is in one cohort only, so its first one names it. */
function workflowIdOf([first]: readonly Starting[]): string {
  return `${first?.definition.key}-${first?._id}`;
}
