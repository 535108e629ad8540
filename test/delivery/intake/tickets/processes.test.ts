import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { intakeDoc } from '../../../../delivery/intake/items.ts';
import { insertIntake } from '../../../../store/intake.ts';
import { Deliveries } from '../../../../store/models/delivery.ts';
import { Events } from '../../../../store/models/event.ts';
import { Instances } from '../../../../store/models/instance.ts';
import { intakeBench, processBody, publish, start } from '../bench.ts';
import { agentSays, TicketDesk } from './desk.ts';

let desk: TicketDesk;

beforeAll(async () => {
  desk = new TicketDesk(await intakeBench());
});
afterAll(async () => await desk.bench.close());
beforeEach(async () => await desk.clear());

const change = (ticketId: string, set: object) => ({ do: 'change', ticketId, by: 'user:anna', set });

/** Names of the events that an instance was sent, in order. */
async function heard(instance: string): Promise<(string | undefined)[]> {
  return (await Deliveries.find({ instance }).sort({ order: 1 }).lean()).map(({ event }) => event?.name);
}

async function instances(process: string) {
  return await Instances.find({ process }).sort({ _id: 1 }).lean();
}

describe('a process of tickets', () => {
  it('begins for the ticket of the event, once for each, with the ticket in its conditions', async () => {
    await publish(
      processBody('urgent', {
        subject: 'ticket',
        triggers: [{ on: 'change', field: 'ticket.priority', to: 'urgent', when: 'ticket.topic == "billing"' }],
        entry: { reentry: 'never' },
      }),
    );
    const [a, b, other] = [
      await desk.opens({ set: { topic: 'billing' } }),
      await desk.opens({ set: { topic: 'billing' } }),
      await desk.opens(),
    ];
    for (const { _id } of [a, b, other]) await desk.does(change(_id, { priority: 'urgent' }));
    await desk.does(change(a._id, { priority: 'low' }));
    await desk.does(change(a._id, { priority: 'urgent' }));
    expect((await instances('urgent')).map(({ subject }) => subject)).toEqual([
      { kind: 'ticket', id: a._id, contactId: a.contactId },
      { kind: 'ticket', id: b._id, contactId: b.contactId },
    ]);
    expect(await Events.find({ name: 'entry.refused' }).lean()).toMatchObject([
      { data: { process: 'urgent', reason: 'active' } },
    ]);
  });

  it('takes in those that are enrolled with a ticket, and nobody without one', async () => {
    await publish(processBody('review', { subject: 'ticket' }));
    const { _id, contactId } = await desk.opens();
    await desk.apply([
      ['enrol', { process: 'review', contactId, ticketId: _id, by: 'api' }],
      ['enrol', { process: 'review', contactId, by: 'api' }],
    ]);
    expect(await instances('review')).toMatchObject([
      { subject: { kind: 'ticket', id: _id }, trigger: { data: { ticket: { id: _id, number: 1 } } } },
    ]);
    expect(await Events.findOne({ name: 'entry.refused' }).lean()).toMatchObject({ data: { reason: 'no-ticket' } });
    const stranger = await desk.opens({ email: 'stranger@example.com' });
    const receipt = await desk.apply([
      ['enrol', { process: 'review', contactId, ticketId: stranger._id, by: 'api' }],
      ['enrol', { process: 'review', contactId, ticketId: 'gone', by: 'api' }],
    ]);
    expect(receipt.problems.map(({ code }) => code)).toEqual(['VALIDATION_FAILED', 'NOT_FOUND']);
  });

  it('hears of its own ticket and of its contact, never of another ticket', async () => {
    await publish(
      processBody('watch', {
        subject: 'ticket',
        triggers: [{ on: 'event', event: 'ticket.created' }],
        exits: [
          { event: 'ticket.noted', outcome: 'noted' },
          { event: 'page.viewed', outcome: 'seen' },
        ],
      }),
    );
    const [a, b] = [await desk.opens(), await desk.opens()];
    await desk.does(agentSays(a._id, { internal: true }));
    await desk.apply([['event', { contactId: a.contactId, event: 'page.viewed' }]]);
    const [first, second] = await instances('watch');
    expect([first?.subject.id, second?.subject.id]).toEqual([a._id, b._id]);
    expect(await heard(first?._id ?? '')).toEqual(['ticket.noted', 'page.viewed']);
    expect(await heard(second?._id ?? '')).toEqual(['page.viewed']);
  });
});

describe('what others call a ticket', () => {
  it('is none: their events and enrolments begin nothing for it', async () => {
    await publish(
      processBody('watch', { subject: 'ticket', triggers: [{ on: 'event', event: 'parcel.lost' }, { on: 'api' }] }),
    );
    const { _id, contactId } = await desk.opens();
    await desk.apply([
      ['event', { contactId, event: 'parcel.lost', data: { ticket: { id: _id } } }],
      ['enrol', { process: 'watch', contactId, data: { ticket: { id: _id } }, by: 'api' }],
    ]);
    expect(await instances('watch')).toEqual([]);
  });
});

describe('a process of contacts', () => {
  it('may begin with a ticket, and hears of every ticket of its contact', async () => {
    await publish(
      processBody('care', {
        triggers: [{ on: 'event', event: 'ticket.created', when: 'event.ticket.priority == "high"' }],
        exits: [{ event: 'ticket.resolved', outcome: 'resolved' }],
      }),
    );
    const [a, b] = [await desk.opens({ set: { priority: 'high' } }), await desk.opens()];
    await desk.does(change(b._id, { status: 'resolved' }));
    const [only, ...others] = await instances('care');
    expect(others).toEqual([]);
    expect(only?.subject).toEqual({ kind: 'contact', id: a.contactId, contactId: a.contactId });
    expect(await heard(only?._id ?? '')).toEqual(['ticket.resolved']);
  });
});

describe('the clock of a ticket', () => {
  it('hears of everything that is done to its ticket, and of nothing else', async () => {
    const [a] = [await desk.opens(), await desk.opens()];
    await desk.does(agentSays(a._id, { status: 'waiting' }));
    const told = { event: 'sla.warned', data: { ticket: { id: a._id } } };
    await desk.apply([
      ['event', { contactId: a.contactId, event: 'page.viewed' }],
      ['event', { contactId: a.contactId, ...told }],
    ]);
    const clocks = await instances('sla');
    const mine = clocks.find(({ subject }) => subject.id === a._id);
    expect(await heard(mine?._id ?? '')).toEqual(['ticket.agent-replied', 'ticket.changed']);
    expect(await Deliveries.countDocuments()).toBe(2);
  });
});

describe('steps of a part of a definition', () => {
  it('begin once with the event that starts them, which starts nothing else', async () => {
    await publish(processBody('other', { triggers: [{ on: 'event', event: 'sla.escalated' }] }));
    const { _id, contactId } = await desk.opens();
    const subject = { kind: 'ticket', id: _id, contactId };
    const definition = { key: 'standard', version: 3, hash: 'abc', part: 'lead' };
    const body = { contactId, subject, definition, event: 'sla.escalated', data: { n: 1 }, occurredAt: start + 500 };
    const item = { kind: 'steps' as const, id: 'clock/lead/first-response/1/1', body, source: 'engine' };
    for (const id of ['once', 'twice']) {
      await insertIntake([intakeDoc(id, [item], start + 1000)]);
      await desk.bench.consumer().drain();
    }
    expect(desk.bench.errors).toEqual([]);
    expect(await instances('standard/lead')).toMatchObject([
      {
        definition,
        subject,
        status: 'starting',
        trigger: { id: item.id, name: 'sla.escalated', data: { n: 1 }, occurredAt: start + 500 },
      },
    ]);
    expect(await instances('other')).toEqual([]);
    expect(await Events.countDocuments({ name: 'sla.escalated' })).toBe(1);
  });
});

describe('a published routing', () => {
  it('begins with every ticket that nobody has', async () => {
    const body = {
      kind: 'routing',
      key: 'support',
      name: 'Support',
      rules: [{ id: 'all', candidates: { role: 'agent' } }],
    };
    await publish(body);
    const nobody = await desk.opens();
    await desk.opens({ set: { assignee: 'anna' } });
    expect(await instances('routing')).toMatchObject([
      { definition: { key: 'support', version: 1, part: 'route' }, subject: { kind: 'ticket', id: nobody._id } },
    ]);
  });
});
