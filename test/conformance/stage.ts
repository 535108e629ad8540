import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createWorker } from '../../activities/worker.ts';
import type { Clock } from '../../config/clock.ts';
import { createLogger } from '../../config/log.ts';
import { startDispatcher } from '../../delivery/dispatch/dispatcher.ts';
import { acceptDue } from '../../delivery/intake/attention.ts';
import { startIntake } from '../../delivery/intake/consumer.ts';
import { intakeDoc } from '../../delivery/intake/items.ts';
import { submitIntake } from '../../delivery/intake/submit.ts';
import { LiveLibrary } from '../../delivery/library.ts';
import { openQueues, type Queues } from '../../delivery/queues.ts';
import type { Instance } from '../../engine/model/state.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { Approvals } from '../../store/models/approval.ts';
import { Cohorts } from '../../store/models/cohort.ts';
import { Deliveries } from '../../store/models/delivery.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { Intake, type IntakeItem } from '../../store/models/intake.ts';
import { type CohortView, stateQuery } from '../../workflows/messages.ts';
import { shippedDocuments } from '../support/documents.ts';
import { testEnvironment } from '../support/environment.ts';
import { eventually } from '../support/poll.ts';
import { timeSkippingEnvironment } from '../support/time-skipping.ts';

/** Virtual milliseconds that an event may need from the intake to its instance. */
const onItsWay = 3_000;

/** Intake, dispatcher, worker and a Temporal whose time jumps: everything but the delivery of messages. */
export class Stage {
  readonly #temporal: TestWorkflowEnvironment;
  readonly #queues: Queues;
  readonly #close: () => Promise<void>;
  readonly #time: ShiftedTime;

  private constructor(
    temporal: TestWorkflowEnvironment,
    queues: Queues,
    time: ShiftedTime,
    close: () => Promise<void>,
  ) {
    this.#temporal = temporal;
    this.#queues = queues;
    this.#time = time;
    this.#close = close;
  }

  static async open(): Promise<Stage> {
    const environment = await testEnvironment();
    await connectStore(environment.mongoUri);
    await ensureIndexes();
    const temporal = await timeSkippingEnvironment();
    const queues = openQueues({ redisUrl: environment.redisUrl, prefix: environment.redisPrefix });
    const log = createLogger(environment.config, 'test');
    const time = new ShiftedTime();
    const documents = await shippedDocuments();
    const worker = await createWorker(temporal.nativeConnection, environment, {
      clock: time,
      queues,
      log,
      httpAllowedHosts: ['127.0.0.1'],
      documents,
    });
    const running = worker.run();
    const onError = (error: unknown) => log.error({ err: error }, 'the intake failed');
    const intake = await startIntake({ queues, library: new LiveLibrary(), clock: time, onError }, 1_000);
    const { client } = temporal;
    const dispatcher = await startDispatcher(
      { client, taskQueue: environment.taskQueue, queues, log },
      { sweepMs: 1_000 },
    );
    return new Stage(temporal, queues, time, async () => {
      await Promise.all([intake.close(), dispatcher.close()]);
      worker.shutdown();
      await running;
      await temporal.teardown();
      await documents.close();
      await queues.close();
      await closeStore();
      await environment.close();
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** From now on it is this virtual instant. */
  async beginAt(virtual: number): Promise<void> {
    this.#time.shift(virtual, await this.#temporal.currentTimeMs());
  }

  /** Hands an item to the intake as of a virtual instant, and waits until everything that follows from it has happened. */
  async submit(kind: IntakeItem['kind'], body: IntakeItem['body'], at: number): Promise<void> {
    await this.submitAll([{ kind, id: randomUUID(), body, source: 'test' }], at);
  }

  async submitAll(items: IntakeItem[], at: number): Promise<void> {
    await submitIntake(this.#queues.intake, [intakeDoc(randomUUID(), items, at)]);
    await this.settle();
  }

  /**
   * Lets time pass, stopping at every deadline on the way; an event at the very instant of a deadline comes before it.
   * @param early virtual milliseconds before the instant at which it stops, so that an event is on its way when it comes
   */
  async sleepUntil(virtual: number, early = onItsWay): Promise<void> {
    for (;;) {
      const [next] = await Instances.find({ status: 'running', deadline: { $exists: true } })
        .sort({ deadline: 1 })
        .limit(1)
        .lean();
      const deadline = next?.deadline?.getTime() ?? Number.POSITIVE_INFINITY;
      const attention = await silenceEnds();
      const stop = Math.min(deadline, attention, virtual);
      const ahead = stop - this.#time.toVirtual(await this.#temporal.currentTimeMs());
      if (stop < virtual) {
        await this.#temporal.sleep(Math.max(ahead, 0) + 1);
        if (attention === stop) await acceptDue({ clock: { now: () => attention } });
        await this.settle();
        continue;
      }
      if (ahead > early) await this.#temporal.sleep(ahead - early);
      return;
    }
  }

  /**
   * Waits until nobody has anything to do before time passes. What one workflow causes in another goes through the intake: while
   * something was accepted, those that were looked at first may be at work again.
   */
  async settle(): Promise<void> {
    await eventually(async () => {
      const accepted = await Intake.countDocuments();
      return (await this.#isQuiet()) && (await Intake.countDocuments()) === accepted;
    });
  }

  async #isQuiet(): Promise<boolean> {
    if (await Intake.exists({ status: 'pending' })) return false;
    if (await Deliveries.exists({ status: 'pending' })) return false;
    const running = await Instances.find({ status: { $ne: 'ended' } }).lean<InstanceDoc[]>();
    if (await Cohorts.exists({})) return false;
    const now = await this.#temporal.currentTimeMs();
    const workflows = new Map<string, string[]>();
    for (const { _id, workflowId = '' } of running)
      workflows.set(workflowId, [...(workflows.get(workflowId) ?? []), _id]);
    for (const [workflowId, ids] of workflows) if (!(await this.#isIdle(workflowId, ids, now))) return false;
    return true;
  }

  async #isIdle(workflowId: string, ids: readonly string[], now: number): Promise<boolean> {
    const view = await this.#temporal.client.workflow.getHandle(workflowId).query<CohortView>(stateQuery);
    const waits = view.hosted.every(
      ({ state, wake }) => (wake === null || wake > now) && !isPerforming(JSON.parse(state)),
    );
    const hosted = new Set(view.hosted.map(({ id }) => id));
    if (ids.some((id) => !hosted.has(id))) return false;
    return waits && view.arrivals.length === 0 && view.inFlight === 0 && view.slow.length === 0;
  }
}

/** When the silence of approvers has its next consequence, virtual epoch ms. */
async function silenceEnds(): Promise<number> {
  const [next] = await Approvals.find({ attentionAt: { $type: 'date' } })
    .sort({ attentionAt: 1 })
    .limit(1)
    .lean();
  return next?.attentionAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

function isPerforming(state: Instance): boolean {
  return state.reducer === 'sla' ? state.asked.length > 0 : state.tokens.some(({ phase }) => phase === 'performing');
}

/** Virtual time at a distance from Temporal's that every scenario sets anew. */
class ShiftedTime implements Clock {
  #distance = 0;

  shift(virtual: number, real: number): void {
    this.#distance = virtual - real;
  }

  now(): number {
    return this.toVirtual(Date.now());
  }

  toReal(virtual: number): number {
    return virtual - this.#distance;
  }

  toVirtual(real: number): number {
    return real + this.#distance;
  }
}
