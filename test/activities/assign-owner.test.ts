import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assignOwner } from '../../activities/effects/assign-owner.ts';
import type { EffectDeps } from '../../activities/effects/effect.ts';
import type { EffectItems, EffectOf } from '../../engine/model/effects.ts';
import type { SubjectRef } from '../../engine/model/state.ts';
import { routingSchema } from '../../engine/schema/routing.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Events } from '../../store/models/event.ts';
import { EffectReceipts } from '../../store/models/record.ts';
import { Reservations } from '../../store/models/reservation.ts';
import { type TicketDoc, Tickets } from '../../store/models/ticket.ts';
import { type UserDoc, Users } from '../../store/models/user.ts';
import { eventually } from '../support/poll.ts';
import { insertContact } from '../support/records.ts';
import { EffectBench } from './bench.ts';

type AssignOwner = EffectOf<'assign-owner'>;

const support = routingSchema.parse({
  kind: 'routing',
  key: 'support',
  name: 'Support',
  rules: [
    { id: 'billing', when: 'ticket.?topic.orValue("") == "billing"', candidates: { team: 'billing' }, capacity: 5 },
    { id: 'rest', candidates: { role: 'agent' }, strategy: 'round-robin' },
  ],
  accept: { within: 'PT15M', attempts: 3 },
});

const leads = routingSchema.parse({
  kind: 'routing',
  key: 'leads',
  name: 'Leads',
  subject: 'contact',
  rules: [{ id: 'all', candidates: { role: 'sales' }, capacity: 4 }],
});

describe('assign-owner of tickets, and by routings', () => {
  let bench: EffectBench;
  let deps: EffectDeps;
  let numbers = 0;

  beforeAll(async () => {
    bench = await EffectBench.open({ routings: { support, leads } });
    deps = bench.deps;
    await insertContact('customer');
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    await Promise.all([Users.deleteMany({}), Tickets.deleteMany({}), EffectReceipts.deleteMany({})]);
  });

  async function hire(...users: (Partial<UserDoc> & { _id: string })[]): Promise<void> {
    await Users.insertMany(users.map((user) => ({ name: user._id, role: 'agent', language: 'en', ...user })));
  }

  /** A ticket, open unless said otherwise. @returns its id */
  async function ticket(fields: Partial<TicketDoc> = {}): Promise<string> {
    numbers += 1;
    const _id = `ticket-${numbers}`;
    const at = new Date();
    await Tickets.create({
      _id,
      number: numbers,
      subject: 'Help',
      status: 'open',
      priority: 'normal',
      channel: 'email',
      contactId: 'customer',
      createdAt: at,
      updatedAt: at,
      ...fields,
    });
    return _id;
  }

  function ask(
    subject: SubjectRef,
    among: EffectItems['assign-owner']['among'],
    key = `${subject.id}/choose/1`,
  ): AssignOwner {
    const item = { subject, among, strategy: 'round-robin' as const, keep: false };
    return { name: 'assign-owner', key, instance: subject.id, item };
  }
  const aboutTicket = (id: string): SubjectRef => ({ kind: 'ticket', id, contactId: 'customer' });
  const route = (id: string, visit = 1) => ask(aboutTicket(id), { routing: 'support' }, `${id}/choose/${visit}`);
  /** Performs it as often as Temporal would while the intake is busy. @returns who got it */
  const userOf = (effect: AssignOwner) =>
    eventually(
      async () => {
        const [outcome] = await assignOwner([effect], deps);
        expect(outcome).toMatchObject({ status: 'performed' });
        return outcome?.status === 'performed' && { user: outcome.result.user };
      },
      { within: 60_000 },
    ).then(({ user }) => user);
  const assigneeOf = async (id: string) => (await Tickets.findById(id).lean<TicketDoc>())?.assignee;

  it('gives a ticket its assignee and team through the intake, and says why', async () => {
    await hire({ _id: 'anna', team: 'billing' }, { _id: 'boris', team: 'billing', active: false }, { _id: 'cleo' });
    const id = await ticket({ topic: 'billing' });
    expect(await userOf(route(id))).toBe('anna');
    const [outcome] = await assignOwner([route(id)], deps);
    expect(outcome).toMatchObject({
      status: 'performed',
      result: {
        user: 'anna',
        rule: 'billing',
        considered: [
          { user: 'anna', verdict: 'chosen', why: { open: 0, lastAssigned: 0 } },
          { user: 'boris', verdict: 'inactive' },
        ],
      },
    });
    expect(await Tickets.findById(id).lean<TicketDoc>()).toMatchObject({
      assignee: 'anna',
      team: 'billing',
      accepted: false,
    });
    const event = await Events.findOne({ name: 'ticket.changed', 'data.ticket.id': id }).lean();
    expect(event?.data).toMatchObject({ by: `instance:${id}`, why: 'support/billing' });
    expect(await Reservations.countDocuments()).toBe(0);
  });

  it('counts open tickets alone, and never gives more than the person or the rule lets them have', async () => {
    await hire({ _id: 'anna', team: 'billing', capacity: 2 }, { _id: 'cleo', team: 'billing' });
    await Promise.all([
      ticket({ assignee: 'anna', status: 'resolved' }),
      ticket({ assignee: 'anna', status: 'closed' }),
      ticket({ assignee: 'anna', status: 'waiting' }),
      ...[1, 2, 3].map(() => ticket({ assignee: 'cleo' })),
    ]);
    const outcomes = [];
    for (let n = 0; n < 4; n += 1) outcomes.push(await userOf(route(await ticket({ topic: 'billing' }))));
    // One more for Anna by her own bound, two for Cleo by the rule's.
    expect(outcomes).toEqual(['anna', 'cleo', 'cleo', null]);
  });

  it('asks another one at each visit, and begins anew when the round is over', async () => {
    await hire({ _id: 'anna' }, { _id: 'boris' });
    const id = await ticket();
    const asked = [];
    for (let visit = 1; visit <= 5; visit += 1) asked.push(await userOf(route(id, visit)));
    expect(asked).toEqual(['anna', 'boris', null, 'anna', 'boris']);
    expect(await userOf(route(id, 2))).toBe('boris');
  });

  it('asks at most as many as the routing says', async () => {
    await hire(...['a', 'b', 'c', 'd', 'e'].map((_id) => ({ _id })));
    const id = await ticket();
    const asked = [];
    for (let visit = 1; visit <= 4; visit += 1) asked.push(await userOf(route(id, visit)));
    expect(asked).toEqual(['a', 'b', 'c', null]);
  });

  it('gives the team back that the ticket had before it came to nobody', async () => {
    const id = await ticket({ team: 'vip' });
    expect(await userOf(route(id, 1))).toBeNull();
    await Tickets.updateOne({ _id: id }, { $set: { team: 'nobody' } });
    expect(await userOf(route(id, 2))).toBeNull();
    await hire({ _id: 'anna' });
    expect(await userOf(route(id, 3))).toBe('anna');
    expect(await Tickets.findById(id).lean<TicketDoc>()).toMatchObject({ team: 'vip', assignee: 'anna' });
  });

  it('goes up a chain past somebody away to their deputy', async () => {
    const now = deps.now;
    const absences = [{ from: new Date(now - 1_000), until: new Date(now + 60_000), deputy: 'dora' }];
    await hire({ _id: 'anna' }, { _id: 'lea', role: 'lead', absences }, { _id: 'dora', role: 'adviser' });
    const id = await ticket({ assignee: 'anna' });
    expect(await userOf(ask(aboutTicket(id), { chain: ['agent', 'lead'] }))).toBe('dora');
    expect(await assigneeOf(id)).toBe('dora');
    expect(await userOf(ask(aboutTicket(id), { chain: ['agent', 'head'] }, `${id}/up/1`))).toBe('anna');
    expect(await userOf(ask(aboutTicket(id), { chain: ['head'] }, `${id}/top/1`))).toBeNull();
  });

  it('fails where the routing or the ticket is not there, and leaves no receipt', async () => {
    const id = await ticket();
    const lost = ask(aboutTicket(id), { routing: 'unknown' }, `${id}/lost/1`);
    const outcomes = await assignOwner([lost, route('ghost')], deps);
    expect(outcomes).toMatchObject([
      { status: 'failed', error: { code: 'DEFINITION_NOT_FOUND' } },
      { status: 'failed', error: { code: 'TICKET_NOT_FOUND' } },
    ]);
    expect(await EffectReceipts.countDocuments()).toBe(0);
  });

  it('counts what the intake has not written yet, and decides the same once it goes on', async () => {
    await hire(...['anna', 'cleo'].map((_id) => ({ _id, team: 'billing', capacity: 1 })));
    const ids = await Promise.all([1, 2, 3].map(() => ticket({ topic: 'billing' })));
    await bench.stopIntake();
    for (const id of ids.slice(0, 2)) expect(await assignOwner([route(id)], deps)).toMatchObject([{ status: 'again' }]);
    expect(await Promise.all(ids.map(assigneeOf))).toEqual([undefined, undefined, undefined]);
    expect(await userOf(route(ids[2] ?? ''))).toBeNull();
    await bench.startIntake();
    const chosen = await Promise.all(ids.slice(0, 2).map((id) => userOf(route(id))));
    expect(chosen).toEqual(['anna', 'cleo']);
    expect(await Promise.all(ids.map(assigneeOf))).toEqual(['anna', 'cleo', undefined]);
    expect(await Reservations.countDocuments()).toBe(0);
  });

  it('never exceeds a capacity, however many turns choose at once', async () => {
    await hire(...['anna', 'boris', 'cleo'].map((_id) => ({ _id, team: 'billing', capacity: 3 })));
    const ids = await Promise.all(Array.from({ length: 14 }, () => ticket({ topic: 'billing' })));
    const users = await Promise.all(ids.map((id) => userOf(route(id))));
    expect(tally(users)).toEqual({ anna: 3, boris: 3, cleo: 3, null: 5 });
    expect(tally(await Promise.all(ids.map(assigneeOf)))).toEqual({ anna: 3, boris: 3, cleo: 3, undefined: 5 });
  });

  it('goes round fairly, also in turns at once', async () => {
    await hire(...['anna', 'boris', 'cleo'].map((_id) => ({ _id })));
    const ids = await Promise.all(Array.from({ length: 12 }, () => ticket()));
    expect(tally(await Promise.all(ids.map((id) => userOf(route(id)))))).toEqual({ anna: 4, boris: 4, cleo: 4 });
  });

  it('routes leads by the same engine, within the bound of the rule and not by that for tickets', async () => {
    await hire({ _id: 'sam', role: 'sales', capacity: 1 });
    const contacts = await Promise.all([1, 2, 3, 4, 5].map((n) => insertContact(`lead-${n}`)));
    const users = [];
    for (const id of contacts)
      users.push(await userOf(ask({ kind: 'contact', id, contactId: id }, { routing: 'leads' })));
    expect(users).toEqual(['sam', 'sam', 'sam', 'sam', null]);
    expect((await Contacts.findById('lead-1').lean())?.owner).toBe('sam');
  });
});

function tally(values: readonly unknown[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
}
