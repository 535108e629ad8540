import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { realClock } from '../../../config/clock.ts';
import { startIntake } from '../../../delivery/intake/consumer.ts';
import { LiveLibrary } from '../../../delivery/library.ts';
import { nudge } from '../../../delivery/queues.ts';
import { fence, LeaseLost, releaseLease, takeLease } from '../../../store/leases.ts';
import { Contacts } from '../../../store/models/contact.ts';
import { Counters } from '../../../store/models/counter.ts';
import { Events } from '../../../store/models/event.ts';
import { Intake } from '../../../store/models/intake.ts';
import { Leases } from '../../../store/models/lease.ts';
import { eventually } from '../../support/poll.ts';
import { type IntakeBench, intakeBench, start } from './bench.ts';

let bench: IntakeBench;

beforeAll(async () => {
  bench = await intakeBench();
});
afterAll(async () => await bench.close());
beforeEach(async () => {
  for (const model of [Contacts, Events, Intake, Leases]) await model.collection.deleteMany({});
  bench.errors.length = 0;
});

async function acceptRun(contacts: number, each: number): Promise<void> {
  for (let n = 0; n < each; n += 1) {
    await bench.accept(
      Array.from({ length: contacts }, (_, c) => [
        'event',
        { email: `c${c}@example.com`, event: 'page.viewed', data: { n } },
      ]),
      start + n,
    );
  }
}

/** Every event of every contact once, in the order of acceptance; all of them together numbered without a gap. */
async function expectRun(contacts: number, each: number): Promise<void> {
  for (let c = 0; c < contacts; c += 1) {
    const contact = await Contacts.findOne({ emailKey: `c${c}@example.com` }).lean();
    const events = await Events.find({ contactId: contact?._id }).sort({ seq: 1 }).lean();
    expect(events).toHaveLength(each + 1);
    expect(events.slice(1).map(({ data }) => data.n)).toEqual(Array.from({ length: each }, (_, n) => n));
  }
  const all = (await Events.find({}, { seq: 1 }).sort({ seq: 1 }).lean()).map(({ seq }) => seq);
  const [first = Number.NaN] = all;
  expect(all).toEqual(all.map((_, n) => first + n));
}

describe('several consumers', () => {
  it('keep the order of each contact and apply everything once', async () => {
    await acceptRun(10, 20);
    const consumers = [bench.consumer(), bench.consumer(), bench.consumer()];
    await Promise.all(consumers.map((consumer) => consumer.drain()));
    await expectRun(10, 20);
  });

  it('go on when the one at work dies with the lease in its hands', async () => {
    await acceptRun(5, 5);
    expect(await takeLease('intake', 'the one that dies', 1_000)).not.toBeNull();
    await bench.consumer().drain();
    await expectRun(5, 5);
  });

  it('refuse the writes of one that lost its lease, and leave nothing of its batch', async () => {
    await acceptRun(5, 5);
    const old = await takeLease('intake', 'slow', -1);
    const next = await takeLease('intake', 'next', 10_000);
    if (old === null || next === null) throw new Error('both must get it in turn');
    const late = mongoose.connection.withSession((session) =>
      session.withTransaction(async () => {
        await Contacts.bulkWrite([{ updateMany: { filter: {}, update: { $set: { company: 'late' } } } }], { session });
        await fence(old, 1_000, session);
      }),
    );
    await expect(late).rejects.toBeInstanceOf(LeaseLost);
    await releaseLease(next);
    await bench.consumer().drain();
    await expectRun(5, 5);
    expect(await Contacts.countDocuments({ company: 'late' })).toBe(0);
  });
});

describe('the numbers of events', () => {
  it('go on above those of a release that counted for each contact', async () => {
    await Counters.deleteMany({ _id: 'events' });
    const old = new Date(start - 1_000);
    const past = [3, 41, 7].map((seq) => ({
      ...{ _id: `old-${seq}`, contactId: 'c', seq, name: 'page.viewed', data: {} },
      ...{ occurredAt: old, receivedAt: old, source: 'api' },
    }));
    await Events.insertMany(past);
    await acceptRun(1, 1);
    await bench.consumer().drain();
    const fresh = await Events.find({ contactId: { $ne: 'c' } })
      .sort({ seq: 1 })
      .lean();
    expect(fresh.map(({ seq }) => seq)).toEqual([42, 43]);
  });
});

describe('a lost queue', () => {
  it('loses nothing: the sweep finds what no nudge told of', async () => {
    await acceptRun(3, 3);
    await bench.queues.intake.obliterate({ force: true });
    const consumer = await startIntake(
      {
        queues: bench.queues,
        library: new LiveLibrary(),
        clock: { ...realClock, now: () => start },
        onError: (error) => bench.errors.push(error),
      },
      200,
    );
    await eventually(async () => (await Intake.countDocuments({ status: 'pending' })) === 0);
    await acceptRun(0, 1);
    void nudge(bench.queues.intake);
    await eventually(async () => (await Intake.countDocuments({ status: 'pending' })) === 0);
    await consumer.close();
    await expectRun(3, 3);
    expect(bench.errors).toEqual([]);
  });
});

describe('a crash in the middle', () => {
  it('applies nothing twice: what the transaction did not finish is not there', async () => {
    await acceptRun(5, 4);
    // The last write of the transaction fails, after contacts, events and all else are written.
    const original = Intake.bulkWrite;
    let failures = 2;
    Reflect.set(Intake, 'bulkWrite', async (...args: Parameters<typeof original>) => {
      if (failures-- > 0) throw new Error('the process is gone');
      return await original.apply(Intake, args);
    });
    const consumer = bench.consumer();
    await expect(consumer.drain()).rejects.toThrow('the process is gone');
    expect(await Events.countDocuments()).toBe(0);
    expect(await Contacts.countDocuments()).toBe(0);
    await expect(consumer.drain()).rejects.toThrow('the process is gone');
    await bench.consumer().drain();
    Reflect.deleteProperty(Intake, 'bulkWrite');
    await expectRun(5, 4);
  });
});
