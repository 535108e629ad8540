import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import type { EffectServices } from '../../activities/effects/effect.ts';
import { createWorker } from '../../activities/worker.ts';
import { type Clock, realClock } from '../../config/clock.ts';
import { createLogger } from '../../config/log.ts';
import { openQueues } from '../../delivery/queues.ts';
import type { DefinitionRef } from '../../engine/model/state.ts';
import type { TimelineEntry } from '../../engine/model/timeline.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { timelineOf } from '../../store/journal.ts';
import type { ContactDoc } from '../../store/models/contact.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { cohortRoom, cohortWorkflow, deliverSignal, type Message } from '../../workflows/messages.ts';
import { noDocuments } from '../support/documents.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { entrant, insertContact, insertInstances, publish } from '../support/records.ts';
import { timeSkippingEnvironment } from '../support/time-skipping.ts';

/** The durable side alone: store, a Temporal whose time jumps, a worker; workflows are started by the test. */
export interface Stage {
  environment: TestEnvironment;
  temporal: TestWorkflowEnvironment;
  services: EffectServices;
  publish(definition: unknown): Promise<DefinitionRef>;
  contact(id: string, fields?: Partial<ContactDoc>): Promise<string>;
  /** Starts a cohort of instances named after their contacts. */
  enter(workflowId: string, definition: DefinitionRef, contacts: readonly string[]): Promise<void>;
  deliver(workflowId: string, messages: Message[]): Promise<void>;
  /** Skips time until the cohort has ended. */
  finish(workflowId: string): Promise<void>;
  instance(id: string): Promise<InstanceDoc>;
  timeline(id: string): Promise<TimelineEntry[]>;
  close(): Promise<void>;
}

export async function openStage(clock: Clock = realClock): Promise<Stage> {
  const environment = await testEnvironment();
  await connectStore(environment.mongoUri);
  await ensureIndexes();
  const temporal = await timeSkippingEnvironment();
  const queues = openQueues({ redisUrl: environment.redisUrl, prefix: environment.redisPrefix });
  const services: EffectServices = {
    clock,
    queues,
    log: createLogger(environment.config, 'test'),
    httpAllowedHosts: ['127.0.0.1'],
    documents: noDocuments,
  };
  const worker = await createWorker(temporal.nativeConnection, environment, services);
  const running = worker.run();
  const { client } = temporal;
  return {
    environment,
    temporal,
    services,
    publish,
    contact: insertContact,
    async enter(workflowId, definition, contacts) {
      const now = await temporal.currentTimeMs();
      const entrants = contacts.map((contact) => entrant(contact, definition, now));
      await insertInstances(entrants, workflowId);
      const { taskQueue } = environment;
      await client.workflow.start(cohortWorkflow, { workflowId, taskQueue, args: [{ entrants, room: cohortRoom }] });
    },
    deliver: (workflowId, messages) => client.workflow.getHandle(workflowId).signal(deliverSignal, messages),
    finish: (workflowId) => client.workflow.getHandle(workflowId).result(),
    async instance(id) {
      const doc = await Instances.findById(id).lean<InstanceDoc>();
      if (doc === null) throw new Error(`no instance ${id}`);
      return doc;
    },
    timeline: (id) => timelineOf(id),
    async close() {
      await stop(worker, running);
      await temporal.teardown();
      await queues.close();
      await closeStore();
      await environment.close();
    },
  };
}

async function stop(worker: Worker, running: Promise<void>): Promise<void> {
  worker.shutdown();
  await running;
}
