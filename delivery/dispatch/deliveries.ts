import { WorkflowNotFoundError } from '@temporalio/client';
import { Deliveries, type DeliveryDoc } from '../../store/models/delivery.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { deliverSignal, type Message } from '../../workflows/messages.ts';
import { stillToStart } from './cohorts.ts';
import { eachAtMost } from './concurrency.ts';
import type { DispatchDeps } from './deps.ts';

/** Bounds of one signal: messages, and characters. */
const maxMessages = 200;
const maxSize = 400_000;
const page = 2_000;
const workflowsAtOnce = 20;

type Host = Pick<InstanceDoc, '_id' | 'status' | 'workflowId'>;

/**
 * Sends what is pending to the workflows, in the order of each instance. A delivery is marked after it was sent: it may go
 * twice, and the instance drops what it has seen. What is for an ended instance is dropped; what is for a workflow that is still
 * to be started waits.
 */
export async function sendDeliveries(deps: DispatchDeps): Promise<void> {
  for (;;) {
    const some = await Deliveries.find({ status: 'pending' }, { instance: 1 })
      .sort({ createdAt: 1, order: 1 })
      .limit(page)
      .lean<Pick<DeliveryDoc, 'instance'>[]>();
    if (some.length === 0) return;
    const instances = [...new Set(some.map(({ instance }) => instance))];
    const hosts = await Instances.find({ _id: { $in: instances } }, { status: 1, workflowId: 1 }).lean<Host[]>();
    const byInstance = new Map(hosts.map((host) => [host._id, host]));
    const starting = hosts.flatMap(({ status, workflowId = [] }) => (status === 'starting' ? workflowId : []));
    const absent = await stillToStart([...new Set(starting)]);
    // All of an instance and not only what the page shows: clocks of several writers may differ, numbers do not.
    const pending = await Deliveries.find({ instance: { $in: instances }, status: 'pending' })
      .sort({ instance: 1, order: 1 })
      .lean<DeliveryDoc[]>();
    const { toSend, toDrop } = sort(pending, byInstance, absent);
    await mark(toDrop, 'dropped');
    await eachAtMost(workflowsAtOnce, toSend, ([workflowId, deliveries]) => send(workflowId, deliveries, deps));
    if (some.length < page || toSend.size === 0) return;
  }
}

function sort(
  pending: readonly DeliveryDoc[],
  hosts: ReadonlyMap<string, Host>,
  absent: ReadonlySet<string>,
): { toSend: Map<string, DeliveryDoc[]>; toDrop: DeliveryDoc[] } {
  const toSend = new Map<string, DeliveryDoc[]>();
  const toDrop: DeliveryDoc[] = [];
  for (const delivery of pending) {
    const host = hosts.get(delivery.instance);
    if (host === undefined || host.status === 'ended') toDrop.push(delivery);
    else if (host.workflowId !== undefined && !absent.has(host.workflowId)) {
      const already = toSend.get(host.workflowId);
      if (already) already.push(delivery);
      else toSend.set(host.workflowId, [delivery]);
    }
  }
  return { toSend, toDrop };
}

async function send(
  workflowId: string,
  deliveries: readonly DeliveryDoc[],
  { client, log }: DispatchDeps,
): Promise<void> {
  const handle = client.workflow.getHandle(workflowId);
  for (const batch of batches(deliveries)) {
    try {
      await handle.signal<[Message[]]>(deliverSignal, batch.flatMap(toMessage));
      await mark(batch, 'sent');
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      log.warn({ workflowId, deliveries: batch.length }, 'dropped what came for a workflow that is gone');
      await mark(batch, 'dropped');
    }
  }
}

function batches(deliveries: readonly DeliveryDoc[]): DeliveryDoc[][] {
  const all: DeliveryDoc[][] = [];
  let size = 0;
  for (const delivery of deliveries) {
    const more = JSON.stringify(delivery).length;
    const current = all.at(-1);
    if (current && current.length < maxMessages && size + more <= maxSize) {
      current.push(delivery);
      size += more;
    } else {
      all.push([delivery]);
      size = more;
    }
  }
  return all;
}

function toMessage({ instance, event, control, order }: DeliveryDoc): Message[] {
  if (event) return [{ instance, type: 'event', event }];
  return control ? [{ instance, type: 'control', control, seq: order }] : [];
}

async function mark(deliveries: readonly DeliveryDoc[], status: 'sent' | 'dropped'): Promise<void> {
  if (deliveries.length === 0) return;
  await Deliveries.updateMany({ _id: { $in: deliveries.map(({ _id }) => _id) } }, { $set: { status } });
}
