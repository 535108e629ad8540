import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../engine/json.ts';
import type { TimelineEntry } from '../../engine/model/timeline.ts';
import { calendarSchema } from '../../engine/schema/calendar.ts';
import { timelineOf } from '../../store/journal.ts';
import { Clocks } from '../../store/models/clock.ts';
import { Instances } from '../../store/models/instance.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { saveUser } from '../../store/users.ts';
import { policy, tell } from '../engine/sla/desk.ts';
import { publish, uniquely } from '../support/records.ts';
import { replayed, told } from './clocks.ts';
import { opening, randomDeeds } from './deeds.ts';
import { Stage } from './stage.ts';

const minute = 60_000;
const begin = Date.parse('2026-03-02T06:00:00Z');

const hours = calendarSchema.parse({
  kind: 'calendar',
  key: 'office',
  name: 'Office',
  timezone: 'Europe/Moscow',
  hours: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
      day,
      [
        { from: '09:00', to: '13:00' },
        { from: '14:00', to: '18:00' },
      ],
    ]),
  ),
});
const escalations: JsonObject[] = [
  { id: 'soon', target: 'first-response', at: '75%', steps: [tell] },
  { id: 'late', target: 'resolution', at: '100%', steps: [tell] },
  { id: 'later', target: 'resolution', at: '+PT1H', repeat: { every: 'PT2H', times: 3 }, steps: [tell] },
];
const policies = [
  policy({
    key: 'vip',
    order: 1,
    when: "ticket.?team.orValue('') == 'vip'",
    targets: {
      'first-response': { low: 'PT30M', normal: 'PT15M', high: 'PT10M', urgent: 'PT5M' },
      resolution: { normal: 'PT6H' },
    },
    reopening: 'new',
    escalations,
  }),
  policy({
    key: 'standard',
    order: 10,
    calendar: 'office',
    targets: {
      'first-response': { normal: 'PT2H', high: 'PT1H', urgent: 'PT30M' },
      'next-response': { normal: 'PT4H', high: 'PT2H', urgent: 'PT1H' },
      resolution: { low: 'PT40H', normal: 'PT16H', high: 'PT8H', urgent: 'PT4H' },
    },
    escalations,
  }),
];

describe('the clocks of tickets', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
    for (const one of [hours, ...policies]) await publish(one);
    for (const [_id, role] of [
      ['anna', 'agent'],
      ['lena', 'lead'],
    ] as const) {
      await saveUser({ _id, name: _id, role, language: 'en', active: true, skills: [], absences: [] });
    }
  });
  afterAll(() => stage.close());

  it('go on Temporal as in the engine alone, whatever is done to 60 tickets', { timeout: 15 * minute }, async () => {
    const ids = Array.from({ length: 60 }, (_, index) => uniquely(`ticket-${index}`));
    await stage.beginAt(begin);
    await stage.submitAll(ids.map(opening), begin);
    let at = begin;
    for (const { after, items } of randomDeeds(ids, 14, 20260302)) {
      at += after;
      await stage.sleepUntil(at, 0);
      await stage.submitAll(items, at);
    }
    const end = at + 14 * 24 * 60 * minute;
    await stage.sleepUntil(end, 0);

    const events = await told();
    let lines = 0;
    for (const id of ids) {
      const alone = replayed(events.get(id) ?? [], { hours, policies }, end);
      const instance = await Instances.findOne({ 'subject.id': id, process: 'sla' }).lean();
      const real = (await timelineOf(instance?._id ?? '')).filter(({ kind }) => kind === 'clock');
      expect(real.map(line)).toEqual(alone.timeline.filter(({ kind }) => kind === 'clock').map(line));
      lines += real.length;

      const shown = await Clocks.findById(id).lean();
      expect(shown?.clocks.map(({ target, n, status, due }) => ({ target, n, status, due }))).toEqual(
        alone.state.clocks.map(({ target, n, status, due }) => ({ target, n, status, due })),
      );
      const begun = await Instances.find({ 'subject.id': id, 'definition.part': { $exists: true } }).lean();
      const started = alone.effects.flatMap((effect) => (effect.name === 'start-steps' ? [effect.item] : []));
      expect(
        begun.map(({ definition, trigger }) => `${definition.part} ${trigger.data.count} ${trigger.occurredAt}`).sort(),
      ).toEqual(
        started.map(({ definition, data, occurredAt }) => `${definition.part} ${data.count} ${occurredAt}`).sort(),
      );
    }
    // Enough has happened for the agreement to mean something.
    expect(lines).toBeGreaterThan(ids.length * 8);
    expect(await Tickets.countDocuments({})).toBe(ids.length);
  });
});

/** A line of the ledger, without the numbers of versions: another store counts them anew. */
function line({ at, detail = {} }: TimelineEntry) {
  const bare = (text: unknown) => String(text).replaceAll(/@\d+/g, '');
  return { at, ...detail, why: bare(detail.why), policy: bare(detail.policy), calendar: bare(detail.calendar) };
}
