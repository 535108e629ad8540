import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationOf } from '../../../../store/conversation.ts';
import { Contacts } from '../../../../store/models/contact.ts';
import { Counters } from '../../../../store/models/counter.ts';
import { Events } from '../../../../store/models/event.ts';
import { Instances } from '../../../../store/models/instance.ts';
import { Tickets } from '../../../../store/models/ticket.ts';
import { intakeBench, start } from '../bench.ts';
import { agentSays, answer, TicketDesk } from './desk.ts';

let desk: TicketDesk;

beforeAll(async () => {
  desk = new TicketDesk(await intakeBench());
});
afterAll(async () => await desk.bench.close());
beforeEach(async () => await desk.clear());

const merge = (ticketId: string, into: string) => ({ do: 'merge', ticketId, into, by: 'user:anna' });

describe('a merge of tickets', () => {
  it('closes the one, and what is said to it goes to the other, however long the chain', async () => {
    const [a, b, c] = [
      await desk.opens({ message: { text: 'A', messageId: '<a@example.com>' } }, start),
      await desk.opens({ message: { text: 'B' } }, start + 1000),
      await desk.opens({ message: { text: 'C' } }, start + 2000),
    ];
    await desk.does(merge(a._id, b._id), start + 3000);
    await desk.does(merge(b._id, c._id), start + 4000);
    expect(await desk.ticket(a._id)).toMatchObject({ status: 'closed', mergedInto: b._id });
    expect(await desk.names(a._id)).toEqual(['ticket.created', 'ticket.merged']);
    expect((await desk.events(a._id)).at(-1)?.data).toMatchObject({ into: b._id, ticket: { status: 'closed' } });
    await desk.does(answer({ references: ['<a@example.com>'], message: { text: 'Still A' } }), start + 5000);
    await desk.does(answer({ ticketId: a._id, message: { text: 'And A' } }), start + 6000);
    expect(await Tickets.countDocuments()).toBe(3);
    expect(await desk.ticket(c._id)).toMatchObject({ messages: 3 });
    const { items } = await conversationOf(c._id, { limit: 10 });
    expect(items.map(({ text }) => text)).toEqual(['And A', 'Still A', 'C', 'B', 'A']);
  });

  it.each(['waiting', 'resolved'])('with a question that nobody has answered opens one that is %s', async (status) => {
    const answered = await desk.opens({ email: 'other@example.com' });
    await desk.does(agentSays(answered._id, { status }), start + 1000);
    const asked = await desk.opens({}, start + 2000);
    await desk.does(merge(asked._id, answered._id), start + 3000);
    expect(await desk.ticket(answered._id)).toMatchObject({ status: 'open', reopened: status === 'resolved' ? 1 : 0 });
    const told = (await desk.events(answered._id)).filter(({ occurredAt }) => occurredAt.getTime() === start + 3000);
    expect(told).toMatchObject([
      { name: 'ticket.changed', contactId: answered.contactId, data: { why: `merged from #${asked.number}` } },
      ...(status === 'resolved' ? [{ name: 'ticket.reopened', contactId: answered.contactId }] : []),
    ]);
    expect((await desk.events(asked._id)).at(-1)).toMatchObject({ name: 'ticket.merged', contactId: asked.contactId });
  });

  it('whose question was answered, or done with, opens none', async () => {
    const stays = await desk.opens();
    await desk.does(agentSays(stays._id, { status: 'resolved' }), start + 1000);
    for (const done of [{ status: 'waiting' }, { status: 'open' }, { status: 'resolved', internal: true }]) {
      const one = await desk.opens({}, start + 2000);
      await desk.does(agentSays(one._id, done), start + 3000);
      await desk.does(merge(one._id, stays._id), start + 4000);
    }
    expect(await desk.ticket(stays._id)).toMatchObject({ status: 'resolved', reopened: 0 });
  });

  it('into itself, into what was merged into it, or into a closed or unknown one is refused', async () => {
    const [a, b, closed] = [await desk.opens(), await desk.opens(), await desk.opens()];
    await desk.does(merge(b._id, a._id));
    await desk.does({ do: 'change', ticketId: closed._id, by: 'user:anna', set: { status: 'closed' } });
    const receipt = await desk.apply([
      ['ticket', merge(a._id, a._id)],
      ['ticket', merge(a._id, b._id)],
      ['ticket', merge(a._id, closed._id)],
      ['ticket', merge(a._id, 'gone')],
      ['ticket', merge(b._id, a._id)],
      ['ticket', agentSays(b._id)],
    ]);
    expect(receipt.problems.map(({ code }) => code)).toEqual([
      'TICKET_MERGE_REFUSED',
      'TICKET_MERGE_REFUSED',
      'TICKET_CLOSED',
      'NOT_FOUND',
      'TICKET_CLOSED',
      'TICKET_CLOSED',
    ]);
    expect(receipt.problems.at(-1)?.message).toContain(`merged into ${a._id}`);
    expect(await desk.ticket(a._id)).toMatchObject({ status: 'new', messages: 1 });
  });
});

describe('contacts that become one', () => {
  it('take their tickets along: events, clocks and answers go on', async () => {
    const first = await desk.opens({ email: 'a@example.com' });
    const second = await desk.opens({ email: undefined, phone: '+79123456789', channel: 'phone' }, start + 1000);
    await desk.apply([['lead', { email: 'a@example.com', phone: '+79123456789' }]], start + 2000);
    await desk.does(agentSays(second._id), start + 3000);
    const survivor = await Contacts.findOne({ mergedInto: { $exists: false } }).lean();
    expect([first.contactId, second.contactId]).toContain(survivor?._id);
    for (const { _id } of [first, second])
      await desk.does(answer({ number: undefined, ticketId: _id, email: 'a@example.com' }));
    const events = await Events.find({ name: 'ticket.customer-replied' }).lean();
    expect(events.map(({ contactId, data }) => [contactId, data.ticket])).toMatchObject([
      [survivor?._id, { contactId: survivor?._id }],
      [survivor?._id, { contactId: survivor?._id }],
    ]);
    expect(await Tickets.countDocuments()).toBe(2);
    expect(await Instances.countDocuments({ process: 'sla' })).toBe(2);
  });
});

describe('contacts that are parted again', () => {
  it('get their own tickets back', async () => {
    await desk.opens({ email: 'a@example.com' });
    const { _id, contactId } = await desk.opens({ email: undefined, phone: '+79123456789' }, start + 1000);
    await desk.apply([['lead', { email: 'a@example.com', phone: '+79123456789' }]], start + 2000);
    const survivor = await Contacts.findOne({ mergedInto: { $exists: false } }).lean();
    const absorbed = survivor?.mergedFrom[0];
    await desk.apply([['unmerge', { contactId: survivor?._id, absorbed, by: 'anna' }]], start + 3000);
    await desk.does(agentSays(_id), start + 4000);
    expect((await desk.events(_id)).at(-1)).toMatchObject({ contactId, data: { ticket: { contactId } } });
  });
});

describe('at the same time', () => {
  it('two hundred tickets get the numbers 1 to 200, without those that were refused', async () => {
    const bodies = Array.from({ length: 220 }, (_, n) => ({
      do: 'open',
      channel: 'api',
      email: n % 11 === 5 ? '' : `customer-${n % 50}@example.com`,
      subject: `Ticket ${n}`,
      message: { text: 'Help!' },
    }));
    await Promise.all(bodies.map((body) => desk.bench.accept([['ticket', body]], start)));
    await Promise.all([desk.bench.consumer().drain(), desk.bench.consumer().drain()]);
    const numbers = (await Tickets.find({}, { number: 1 }).lean()).map(({ number }) => number);
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    expect(await Counters.findById('tickets').lean()).toMatchObject({ value: 200 });
    expect(await Instances.countDocuments({ process: 'sla' })).toBe(200);
  });

  it('two answers are both kept, whoever applies them', async () => {
    const { _id } = await desk.opens();
    const says = (by: string, status: string) => desk.bench.accept([['ticket', agentSays(_id, { by, status })]], start);
    await Promise.all([says('user:anna', 'waiting'), says('user:boris', 'on-hold')]);
    await Promise.all([desk.bench.consumer().drain(), desk.bench.consumer().drain()]);
    const ticket = await desk.ticket(_id);
    expect(ticket).toMatchObject({ messages: 3 });
    const events = await desk.events(_id);
    expect(events.filter(({ name }) => name === 'ticket.agent-replied')).toHaveLength(2);
    expect(events.at(-1)?.data.ticket).toMatchObject({ status: ticket.status });
  });
});
