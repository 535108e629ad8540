import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, realClock } from '../../config/clock.ts';
import { createLogger } from '../../config/log.ts';
import { intakeDoc, intakeItem } from '../../delivery/intake/items.ts';
import { LiveLibrary } from '../../delivery/library.ts';
import { startRetention, sweepOld } from '../../delivery/retention.ts';
import { insertIntake } from '../../store/intake.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Deliveries } from '../../store/models/delivery.ts';
import { Events } from '../../store/models/event.ts';
import { Hits } from '../../store/models/hit.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { Intake } from '../../store/models/intake.ts';
import { Journal } from '../../store/models/journal.ts';
import { Mailbox } from '../../store/models/mailbox.ts';
import { EffectReceipts } from '../../store/models/record.ts';
import { Schedules } from '../../store/models/schedule.ts';
import { removeOlder } from '../../store/retention.ts';
import { eventually } from '../support/poll.ts';
import { type IntakeBench, intakeBench, start } from './intake/bench.ts';

const day = 24 * 3_600_000;
const before = new Date(start - 30 * day);
const old = new Date(start - 40 * day);
const fresh = new Date(start - 10 * day);
const models = [Contacts, Deliveries, EffectReceipts, Events, Hits, Instances, Intake, Journal, Mailbox, Schedules];

let bench: IntakeBench;
beforeAll(async () => {
  bench = await intakeBench();
});
afterAll(async () => await bench.close());
beforeEach(async () => {
  for (const model of models) await model.collection.deleteMany({});
});

/** Instances that are long over, over since a few days, and going on. */
async function insertInstances(): Promise<void> {
  const common = {
    process: 'p',
    definition: { key: 'p', version: 1, hash: 'h' },
    subject: { kind: 'contact' as const, id: 'c', contactId: 'c' },
    contactId: 'c',
    entryKey: '',
    trigger: { id: 'e', name: 'lead.created', occurredAt: old.getTime(), seq: 1, data: {} },
    vars: {},
    at: [],
    incidents: [],
    startedAt: old,
    updatedAt: old,
  };
  const docs: InstanceDoc[] = [
    { ...common, _id: 'over', status: 'ended', endedAt: old },
    { ...common, _id: 'late', status: 'ended', endedAt: fresh },
    { ...common, _id: 'open', status: 'running' },
  ];
  await Instances.insertMany(docs);
}

const applied = (id: string, at: Date, status: 'pending' | 'done' | 'failed' = 'done') => ({
  ...intakeDoc(id, [], at.getTime()),
  items: '[]',
  status,
});

async function left({ collection }: { collection: { collectionName: string } }) {
  const docs = await mongoose.connection.collection(collection.collectionName).find().sort({ _id: 1 }).toArray();
  return docs.map(({ _id }) => String(_id));
}

describe('what is old', () => {
  it('of accepted requests goes when it was applied, unless a living instance may look for it', async () => {
    await insertInstances();
    await Intake.insertMany([
      applied('api-done', old),
      applied('api-failed', old, 'failed'),
      applied('api-waits', old, 'pending'),
      applied('api-young', fresh),
      applied('late/mail/1', old),
      applied('open/mail/1', old),
      applied('over/mail/1', old),
    ]);
    expect(await removeOlder(before, 100)).toBe(true);
    expect(await left(Intake)).toEqual(['api-waits', 'api-young', 'late/mail/1', 'open/mail/1']);
  });

  it('of deliveries goes when it was sent or dropped', async () => {
    const delivery = { order: 1, instance: 'open' };
    await Deliveries.insertMany([
      { ...delivery, _id: 'dropped', status: 'dropped', createdAt: old },
      { ...delivery, _id: 'pending', status: 'pending', createdAt: old },
      { ...delivery, _id: 'sent', status: 'sent', createdAt: old },
      { ...delivery, _id: 'young', status: 'sent', createdAt: fresh },
    ]);
    await removeOlder(before, 100);
    expect(await left(Deliveries)).toEqual(['pending', 'young']);
  });

  it('of the journal and of receipts goes when all its instances are long over', async () => {
    await insertInstances();
    await Journal.insertMany([
      { _id: 'w/1/0', instances: ['over'], entries: [], at: old },
      { _id: 'w/2/0', instances: ['over', 'late'], entries: [], at: old },
      { _id: 'w/3/0', instances: ['open', 'over'], entries: [], at: old },
      { _id: 'w/4/0', instances: ['over'], entries: [], at: fresh },
    ]);
    await EffectReceipts.insertMany(['open/owner/1', 'over/owner/1'].map((_id) => ({ _id, result: {}, at: old })));
    await removeOlder(before, 100);
    expect(await left(Journal)).toEqual(['w/2/0', 'w/3/0', 'w/4/0']);
    expect(await left(EffectReceipts)).toEqual(['open/owner/1']);
  });

  it('of opens, clicks and the mailbox goes', async () => {
    await Hits.insertMany([old, fresh].map((at, n) => ({ _id: String(n), message: 'm', kind: 'open', agent: '', at })));
    await Mailbox.insertMany([old, fresh].map((receivedAt, n) => ({ _id: String(n), kind: 'sms', receivedAt })));
    await removeOlder(before, 100);
    expect([await left(Hits), await left(Mailbox)]).toEqual([['1'], ['1']]);
  });

  it('goes in rounds, past what must stay', async () => {
    await insertInstances();
    const kept = Array.from({ length: 300 }, (_, n) => applied(`open/s/${n}`, new Date(old.getTime() - 1)));
    const gone = Array.from({ length: 700 }, (_, n) => applied(`api-${n}`, old));
    await Intake.insertMany([...kept, ...gone]);
    const rounds: boolean[] = [];
    do rounds.push(await removeOlder(before, 300));
    while (rounds.at(-1) === false && rounds.length < 10);
    expect(rounds.length).toBeGreaterThan(1);
    expect(rounds.at(-1)).toBe(true);
    expect(await Intake.countDocuments()).toBe(300);
  });
});

describe('the daily sweep', () => {
  let now = start;
  const clock: Clock = { now: () => now, toReal: (at) => at, toVirtual: (at) => at };
  const sweep = async (at: number, by: Clock = clock) => {
    now = at;
    await sweepOld({ clock: by, library: new LiveLibrary(), days: 30 });
    return await Intake.countDocuments();
  };
  const night = Date.UTC(2026, 2, 3, 3);

  it('comes once a day and takes what is older than the configured days', async () => {
    await Intake.insertMany([applied('a', new Date(night - 30 * day - 1)), applied('b', new Date(night - 29.5 * day))]);
    expect(await sweep(start)).toBe(2);
    expect(await sweep(night)).toBe(1);
    expect(await sweep(night + 0.9 * day)).toBe(1);
    expect(await sweep(night + day)).toBe(0);
  });

  it('goes on in the next sweep where it was stopped', async () => {
    await Intake.insertMany(Array.from({ length: 2_300 }, (_, n) => applied(`a${n}`, old)));
    await sweep(start);
    now = night;
    await sweepOld({ clock, library: new LiveLibrary(), days: 30 }, () => true);
    expect(await Intake.countDocuments()).toBeGreaterThan(1_000);
    expect(await sweep(night + 60_000)).toBe(0);
  });

  it('waits a day after a standstill, so that what a crash left unfinished comes first', async () => {
    await Intake.insertMany([applied('a', old)]);
    expect(await sweep(start)).toBe(1);
    expect(await sweep(night + 5 * day + 1)).toBe(1);
    expect(await sweep(night + 6 * day)).toBe(0);
  });

  it('removes nothing that is old by a hastened clock only', async () => {
    const hastened: Clock = {
      now: () => start + (now - start) * 86_400,
      toReal: (at) => start + (at - start) / 86_400,
      toVirtual: (at) => start + (at - start) * 86_400,
    };
    await Intake.insertMany([applied('a', new Date(start + 100 * day))]);
    await sweep(start, hastened);
    expect(await sweep(night, hastened)).toBe(1);
  });
});

describe('the consumer', () => {
  it('sweeps without a nudge, and goes on after a sweep that failed', async () => {
    const log = createLogger({ logLevel: 'silent' }, 'test');
    let failures = 0;
    const library = new LiveLibrary();
    const read = library.read.bind(library);
    library.read = async () => {
      failures += 1;
      if (failures === 1) throw new Error('the store is away');
      return await read();
    };
    const consumer = await startRetention({ clock: realClock, library, days: 30, queues: bench.queues, log }, 200);
    try {
      await eventually(() => Schedules.exists({ _id: 'retention' }));
    } finally {
      await consumer.close();
    }
    expect(failures).toBeGreaterThan(1);
  });
});

describe('an event that comes again after its document was removed', () => {
  it('is not applied again, and is no problem', async () => {
    const again = async () => {
      const item = intakeItem('event', 'm/opened', { email: 'a@example.com', event: 'message.opened' }, 'delivery');
      await insertIntake([intakeDoc('m/opened', [item], start - 40 * day)]);
      await bench.accept([['event', { email: 'b@example.com', event: 'page.viewed' }]]);
      await bench.consumer().drain();
      return await Intake.findById('m/opened').lean();
    };
    expect(await again()).toMatchObject({ status: 'done' });
    await removeOlder(before, 100);
    expect(await Intake.findById('m/opened').lean()).toBeNull();
    expect(await again()).toMatchObject({ status: 'done', problems: [] });
    expect(bench.errors).toEqual([]);
    expect(await Events.countDocuments({ name: 'message.opened' })).toBe(1);
    expect(await Events.countDocuments({ name: 'page.viewed' })).toBe(2);
  });
});
