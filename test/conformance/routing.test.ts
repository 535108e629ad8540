import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../engine/json.ts';
import { emptyLibrary } from '../../engine/library.ts';
import type { TimelineEntry } from '../../engine/model/timeline.ts';
import { routingProcess } from '../../engine/routing/process.ts';
import { scenario } from '../../engine/schema/process.ts';
import { simulate } from '../../engine/simulate/simulate.ts';
import { timelineOf } from '../../store/journal.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { Notifications } from '../../store/models/record.ts';
import { type TicketDoc, Tickets } from '../../store/models/ticket.ts';
import { Users } from '../../store/models/user.ts';
import { saveUser } from '../../store/users.ts';
import { office, routing } from '../engine/routing/people.ts';
import { publish, uniquely } from '../support/records.ts';
import { opening } from './deeds.ts';
import { Stage } from './stage.ts';

const minute = 60_000;

const support = routing({
  rules: [{ id: 'all', candidates: { role: 'agent' }, strategy: 'round-robin' }],
  accept: { within: 'PT15M', calendar: 'office' },
  nobody: { alert: [{ role: 'lead' }], retry: 'PT30M' },
});

/** 17:50 on a Monday in Moscow: ten minutes are left of the day. */
const evening = Date.parse('2026-03-02T14:50:00Z');
const morning = Date.parse('2026-03-03T06:10:00Z');

/** Steps entered, with whom was chosen there, and the minute since the beginning: on Temporal a turn takes a second. */
function story(timeline: readonly TimelineEntry[], begin: number): string[] {
  return timeline.flatMap(({ kind, step, at, detail }) => {
    const minutes = Math.floor((at - begin) / minute);
    if (kind === 'entered') return [`${minutes} ${step}`];
    return kind === 'performed' && step?.startsWith('choose')
      ? [`${minutes} ${step}: ${detail?.user ?? 'nobody'}`]
      : [];
  });
}

describe('the routing of tickets', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
    await publish(office);
    await publish(support);
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    await Users.deleteMany({});
    await saveUser({ _id: 'vera', name: 'Vera', role: 'lead', language: 'en', active: true });
  });

  async function hire(...agents: string[]): Promise<void> {
    for (const _id of agents) await saveUser({ _id, name: _id, role: 'agent', language: 'en', active: true });
  }

  /** Opens a ticket at an instant that is the present from then on. @returns its id */
  async function open(at: number): Promise<string> {
    const id = uniquely('ticket');
    await stage.beginAt(at);
    await stage.submitAll([opening(id)], at);
    return id;
  }

  async function act(ticketId: string, at: number, deed: JsonObject): Promise<void> {
    await stage.sleepUntil(at);
    await stage.submit('ticket', { ticketId, ...deed }, at);
  }

  async function routed(ticket: string): Promise<InstanceDoc> {
    const found = await Instances.findOne({ process: 'routing', 'subject.id': ticket }).lean<InstanceDoc>();
    if (found === null) throw new Error(`${ticket} is not routed`);
    return found;
  }

  /** The same in the simulator. */
  function simulated(at: number, users: string[], events: JsonObject[], until: string): string[] {
    const library = { ...emptyLibrary(), calendars: { office }, routings: { support } };
    const play = scenario.parse({
      name: 'the same',
      given: { now: new Date(at).toISOString(), users: users.map((key) => ({ key, role: 'agent' })) },
      events: [{ at: 'PT0S', event: 'ticket.created' }, ...events],
      until,
      expect: {},
    });
    return story(simulate(routingProcess(support), library, play).timeline, at);
  }

  it('moves on over the night to the next, who accepts, as the simulator says', async () => {
    await hire('anna', 'boris');
    const id = await open(evening);
    await act(id, morning, { do: 'accept', by: 'user:boris' });
    await stage.settle();
    const instance = await routed(id);
    expect(instance).toMatchObject({ status: 'ended', outcome: 'accepted' });
    const ticket = await Tickets.findById(id).lean<TicketDoc>();
    expect(ticket).toMatchObject({ assignee: 'boris', accepted: true });
    expect(ticket?.assignments.map(({ user }) => user)).toEqual(['anna', 'boris']);
    const accepted = { at: 'PT15H20M', event: 'ticket.accepted' };
    expect(story(await timelineOf(instance._id), evening)).toEqual(
      simulated(evening, ['anna', 'boris'], [accepted], 'P1D'),
    );
  });

  it('stands with nobody, alerts once however often it tries, and leaves what a person gave away alone', async () => {
    await hire('anna');
    const noon = Date.parse('2026-03-04T09:00:00Z');
    const id = await open(noon);
    await stage.sleepUntil(noon + 70 * minute);
    await stage.settle();
    const instance = await routed(id);
    expect(story(await timelineOf(instance._id), noon)).toEqual(simulated(noon, ['anna'], [], 'PT70M'));
    expect(await Tickets.findById(id).lean<TicketDoc>()).toMatchObject({ team: 'nobody' });
    expect(await Notifications.find({ user: 'vera' }).lean()).toHaveLength(1);
    await act(id, noon + 75 * minute, { do: 'change', by: 'user:vera', set: { assignee: 'vera' } });
    await stage.settle();
    expect(await routed(id)).toMatchObject({ status: 'ended', outcome: 'given' });
    expect(await Tickets.findById(id).lean<TicketDoc>()).toMatchObject({ assignee: 'vera' });
  });

  it('of two tickets of one customer hears of its own alone', async () => {
    await hire('anna', 'boris');
    const noon = Date.parse('2026-03-05T09:00:00Z');
    const first = await open(noon);
    const second = uniquely('ticket');
    const same = { ...opening(second), body: { ...opening(second).body, email: `${first}@example.com` } };
    await stage.submitAll([same], noon + 1_000);
    expect((await Tickets.findById(second).lean<TicketDoc>())?.assignee).toBe('boris');
    await act(second, noon + minute, { do: 'accept', by: 'user:boris' });
    await stage.settle();
    expect(await routed(second)).toMatchObject({ outcome: 'accepted' });
    expect(await routed(first)).toMatchObject({ status: 'running', at: ['asked'] });
  });
});
