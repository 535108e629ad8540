import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningWorker, startWorker } from '../../activities/worker.ts';
import { startDispatcher } from '../../delivery/dispatch/dispatcher.ts';
import { type Consumer, nudge } from '../../delivery/queues.ts';
import type { Control, DomainEvent } from '../../engine/model/event.ts';
import { timelineOf } from '../../store/journal.ts';
import { releaseLease, takeLease } from '../../store/leases.ts';
import { Cohorts } from '../../store/models/cohort.ts';
import { Deliveries, type DeliveryDoc } from '../../store/models/delivery.ts';
import { Instances } from '../../store/models/instance.ts';
import { Notifications } from '../../store/models/record.ts';
import { cohortRoom } from '../../workflows/messages.ts';
import { eventually } from '../support/poll.ts';
import { entrant, event, insertContact, insertInstances, publish, uniquely } from '../support/records.ts';
import { type Live, openLive } from '../workflows/live.ts';

const listener = {
  kind: 'process',
  key: 'listener',
  name: 'Listener',
  triggers: [{ on: 'api' }],
  steps: [
    { id: 'one', type: 'wait-for-event', event: 'test.ping' },
    { id: 'two', type: 'wait-for-event', event: 'test.ping' },
  ],
};
const quick = {
  ...listener,
  key: 'quick',
  steps: [{ id: 'task', type: 'notify-user', to: { user: 'a' }, text: 'x' }],
};

describe('the dispatcher', () => {
  let live: Live;
  let worker: RunningWorker;
  let dispatchers: Consumer[];

  beforeAll(async () => {
    live = await openLive();
    worker = await startWorker(live.environment.config, live.services);
    dispatchers = await Promise.all([startDispatcher(live, { sweepMs: 300 }), startDispatcher(live, { sweepMs: 300 })]);
  });
  afterAll(async () => {
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.close()));
    await worker.stop();
    await live.close();
  });

  const enter = async (definition: object, contacts: string[]) => {
    const ref = await publish(definition);
    for (const contact of contacts) await insertContact(contact);
    await insertInstances(contacts.map((contact) => entrant(contact, ref, Date.now())));
    await nudge(live.queues.dispatch);
  };
  const deliver = async (contact: string, order: number, what: { event: DomainEvent } | { control: Control }) => {
    const id = `${'event' in what ? 'event' : 'control'}-${order}/i-${contact}`;
    const doc: DeliveryDoc = {
      _id: id,
      order,
      instance: `i-${contact}`,
      ...what,
      status: 'pending',
      createdAt: new Date(),
    };
    await Deliveries.insertMany([doc]);
    await nudge(live.queues.dispatch);
    return id;
  };
  const statusOf = async (id: string) => (await Deliveries.findById(id).lean())?.status;
  const ended = (contacts: string[]) =>
    eventually(async () => {
      const ids = contacts.map((contact) => `i-${contact}`);
      return (await Instances.countDocuments({ _id: { $in: ids }, status: 'ended' })) === contacts.length;
    });

  it('puts a crowd into few cohorts of one definition each', async () => {
    const crowd = Array.from({ length: 550 }, (_, n) => uniquely(`crowd-${n}`));
    const other = uniquely('other');
    await Promise.all([enter(quick, crowd), enter({ ...quick, key: 'other' }, [other])]);
    await ended([...crowd, other]);
    const hosted = await Instances.find({}).lean();
    const cohorts = new Map<string, { hashes: Set<string>; size: number }>();
    for (const { workflowId = '', definition } of hosted) {
      const cohort = cohorts.get(workflowId) ?? { hashes: new Set(), size: 0 };
      cohorts.set(workflowId, { hashes: cohort.hashes.add(definition.hash), size: cohort.size + 1 });
    }
    for (const { hashes, size } of cohorts.values()) {
      expect(hashes.size).toBe(1);
      expect(size).toBeLessThanOrEqual(cohortRoom.instances);
    }
    expect(cohorts.size).toBeLessThan(10);
  });

  it('sends events in order and drops what is for nobody any longer', async () => {
    const listening = uniquely('listening');
    await enter(listener, [listening]);
    const first = await deliver(listening, 2, { event: event('test.ping', 2, Date.now()) });
    const second = await deliver(listening, 3, { event: event('test.ping', 3, Date.now()) });
    await ended([listening]);
    const late = await deliver(listening, 4, { event: event('test.ping', 4, Date.now()) });
    const unknown = await deliver('nobody', 5, { event: event('test.ping', 5, Date.now()) });
    await eventually(async () => (await Deliveries.countDocuments({ status: 'pending' })) === 0);
    expect(await Promise.all([first, second, late, unknown].map(statusOf))).toEqual([
      'sent',
      'sent',
      'dropped',
      'dropped',
    ]);
    const taken = (await timelineOf(`i-${listening}`)).filter(({ detail }) => detail?.exit === 'received');
    expect(taken.map(({ step }) => step)).toEqual(['one', 'two']);
  });

  it('sends again what a crash left unmarked, and it counts once', async () => {
    const again = uniquely('again');
    await enter(listener, [again]);
    const id = await deliver(again, 2, { event: event('test.ping', 2, Date.now()) });
    await eventually(async () => (await statusOf(id)) === 'sent');
    await Deliveries.updateOne({ _id: id }, { $set: { status: 'pending' } });
    await eventually(async () => (await statusOf(id)) === 'sent');
    await deliver(again, 1, { control: { do: 'cancel', by: 'anna' } });
    await ended([again]);
    const taken = (await timelineOf(`i-${again}`)).filter(({ detail }) => detail?.exit === 'received');
    expect(taken.map(({ step }) => step)).toEqual(['one']);
    expect(await Instances.findById(`i-${again}`).lean()).toMatchObject({ outcome: 'cancelled' });
  });

  it('starts a cohort once, although a crash kept it from noting that', async () => {
    const orphans = [uniquely('orphan'), uniquely('orphan')];
    await enter(quick, orphans);
    await ended(orphans);
    const { workflowId = '' } = (await Instances.findById(`i-${orphans[0]}`).lean()) ?? {};
    // Throws when there is no such workflow, or when it ends otherwise than by completing.
    await live.client.workflow.getHandle(workflowId).result();
    expect(await Cohorts.findById(workflowId).lean()).toBeNull();
    await Cohorts.create({ _id: workflowId, entrants: '[]' });
    await eventually(async () => (await Cohorts.exists({})) === null);
    const { status } = await live.client.workflow.getHandle(workflowId).describe();
    expect(status.name).toBe('COMPLETED');
    expect(await Notifications.countDocuments({ contactId: { $in: orphans } })).toBe(2);
  });

  it('ends at once, also while it waits for a lease that a dead one has left', async () => {
    const lease = await eventually(() => takeLease('dispatch', 'a dead one', 60_000));
    await nudge(live.queues.dispatch);
    await eventually(async () => (await live.queues.dispatch.getActiveCount()) > 0);
    const begun = performance.now();
    await Promise.all(dispatchers.splice(0).map((dispatcher) => dispatcher.close()));
    expect(performance.now() - begun).toBeLessThan(10_000);
    await releaseLease(lease);
  });
});
