import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptScheduled } from '../../../delivery/intake/schedule.ts';
import { LiveLibrary } from '../../../delivery/library.ts';
import { Contacts } from '../../../store/models/contact.ts';
import { Definitions, DefinitionVersions } from '../../../store/models/definition.ts';
import { Events } from '../../../store/models/event.ts';
import { Instances } from '../../../store/models/instance.ts';
import { Intake } from '../../../store/models/intake.ts';
import { ScoreEntries } from '../../../store/models/ledger.ts';
import { ContactRecords } from '../../../store/models/record.ts';
import { Schedules } from '../../../store/models/schedule.ts';
import { type IntakeBench, intakeBench, processBody, publish, start } from './bench.ts';

const hour = 3_600_000;
const day = 24 * hour;
let bench: IntakeBench;
let now = start;

beforeAll(async () => {
  bench = await intakeBench();
});
afterAll(async () => await bench.close());
beforeEach(async () => {
  for (const model of [Contacts, Events, Instances, Intake, Schedules, ScoreEntries, Definitions, DefinitionVersions]) {
    await model.collection.deleteMany({});
  }
  now = start;
});

/** What the sweep does at a virtual time. */
async function sweep(at: number): Promise<void> {
  now = at;
  const clock = { now: () => now, toReal: (t: number) => t, toVirtual: (t: number) => t };
  await acceptScheduled({ clock, library: new LiveLibrary() });
  await bench.consumer().drain();
}

describe('a scheduled process', () => {
  beforeEach(async () => {
    await publish({ kind: 'segment', key: 'all', name: 'All', when: 'has(contact.email)' });
    await publish(
      processBody('monday', {
        // 10:00 in Moscow is 07:00 UTC; the start is a Monday at 09:00 UTC.
        triggers: [
          {
            on: 'schedule',
            cron: '0 10 * * 1',
            timezone: 'Europe/Moscow',
            segment: 'all',
            when: 'has(contact.company)',
          },
        ],
        entry: { reentry: 'always' },
      }),
    );
    await bench.accept([
      ['lead', { email: 'a@example.com', company: 'A' }],
      ['lead', { email: 'b@example.com', company: 'B' }],
      ['lead', { email: 'c@example.com' }],
    ]);
    await bench.consumer().drain();
  });

  it('lets in the segment’s members who meet the condition, once at its time in its zone', async () => {
    await sweep(start);
    await sweep(start + 7 * day - 2 * hour - 1000);
    expect(await Instances.countDocuments()).toBe(0);
    await sweep(start + 7 * day - 2 * hour);
    await sweep(start + 7 * day);
    const instances = await Instances.find().lean();
    expect(instances).toHaveLength(2);
    expect(instances[0]?.trigger).toMatchObject({ name: 'process.enrolled', data: { by: 'schedule' } });
  });

  it('shows on the card of whom its condition cannot be answered for, once, and lets the others in', async () => {
    await publish(
      processBody('grown-up', {
        triggers: [{ on: 'schedule', cron: '0 9 * * *', segment: 'all', when: 'contact.attributes.age >= 18' }],
        entry: { reentry: 'always' },
      }),
    );
    await bench.accept([
      ['lead', { email: 'a@example.com', attributes: { age: 'thirty' } }],
      ['lead', { email: 'b@example.com', attributes: { age: 30 } }],
    ]);
    await bench.consumer().drain();
    await sweep(start);
    await sweep(start + day);
    await sweep(start + 2 * day);
    expect(await Instances.distinct('contactId', { process: 'grown-up' })).toHaveLength(1);
    const anna = await Contacts.findOne({ email: 'a@example.com' }).orFail().lean();
    // The third has no age at all: that is an ordinary no.
    expect(await ContactRecords.find({ kind: 'condition-failed' }).lean()).toMatchObject([
      {
        contactId: anna._id,
        detail: { definition: 'process/grown-up', when: 'contact.attributes.age >= 18', code: 'CONDITION_FAILED' },
        at: new Date(start + day),
      },
    ]);
  });

  it('catches up missed runs once', async () => {
    await sweep(start);
    await sweep(start + 30 * day);
    await sweep(start + 30 * day + hour);
    expect(await Instances.countDocuments()).toBe(2);
  });

  it('lets nobody in twice when several processes sweep at once, or one again after a crash', async () => {
    await sweep(start);
    const due = await Schedules.find().lean();
    await Promise.all([sweep(start + 7 * day), sweep(start + 7 * day), sweep(start + 7 * day)]);
    // As if the process had died before it marked the run.
    for (const { _id, nextRunAt } of due) await Schedules.updateOne({ _id }, { $set: { nextRunAt } });
    await sweep(start + 7 * day + 1000);
    expect(await Instances.countDocuments()).toBe(2);
  });
});

describe('the daily review', () => {
  it('lets points decay into another class and periods run out of a segment, without any event', async () => {
    await publish({
      kind: 'scoring',
      key: 'main',
      name: 'Scoring',
      rules: [{ id: 'visit', axis: 'engagement', event: 'page.viewed', points: 40, halfLife: 'P7D' }],
      classes: { warm: 30, hot: 60 },
    });
    await publish({
      kind: 'segment',
      key: 'active',
      name: 'Active',
      aggregates: { visits: { event: 'page.viewed', of: 'count', within: 'P3D' } },
      when: 'stats.visits > 0',
    });
    await bench.accept([['event', { email: 'a@example.com', event: 'page.viewed' }]]);
    await bench.consumer().drain();
    expect(await Contacts.findOne().lean()).toMatchObject({ score: { class: 'warm' }, segments: ['active'] });
    await sweep(start);
    for (let passed = 1; passed <= 10; passed += 1) await sweep(start + passed * day);
    expect(await Contacts.findOne().lean()).toMatchObject({ score: { class: 'cold' }, segments: [] });
    const events = await Events.find({ source: 'engine', name: /^(score|segment)\./ })
      .sort({ seq: 1 })
      .lean();
    expect(events.map(({ name, data }) => [name, data.from, data.to])).toEqual([
      ['score.class-changed', 'cold', 'warm'],
      ['segment.entered', undefined, undefined],
      ['segment.left', undefined, undefined],
      ['score.class-changed', 'warm', 'cold'],
    ]);
  });
});
