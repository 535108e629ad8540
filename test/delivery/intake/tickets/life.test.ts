import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Contacts } from '../../../../store/models/contact.ts';
import { Instances } from '../../../../store/models/instance.ts';
import { TicketMessages } from '../../../../store/models/ticket-message.ts';
import { intakeBench, start } from '../bench.ts';
import { agentSays, answer, TicketDesk } from './desk.ts';

let desk: TicketDesk;

beforeAll(async () => {
  desk = new TicketDesk(await intakeBench());
});
afterAll(async () => await desk.bench.close());
beforeEach(async () => await desk.clear());

describe('a ticket that is opened', () => {
  it('has a number, its contact, its first entry and a clock, and is told of whole', async () => {
    const ticket = await desk.opens({
      firstName: 'Carla',
      set: { topic: 'billing', priority: 'high', tags: ['vip'] },
      message: { text: 'Help!', quoted: '> before', messageId: '<1@example.com>' },
    });
    const contact = await Contacts.findOne().lean();
    expect(contact).toMatchObject({ emailKey: 'customer@example.com', firstName: 'Carla' });
    expect(ticket).toMatchObject({
      number: 1,
      subject: 'It is broken',
      status: 'new',
      priority: 'high',
      topic: 'billing',
      tags: ['vip'],
      contactId: contact?._id,
      accepted: false,
      messages: 1,
      references: ['<1@example.com>'],
      lastCustomerAt: new Date(start),
    });
    expect(ticket.search).toEqual(expect.arrayContaining(['broken', '1', '#1', 'carla', 'customer@example.com']));
    expect(await TicketMessages.find().lean()).toMatchObject([
      { _id: ticket._id, ticketId: ticket._id, kind: 'customer', by: 'customer', text: 'Help!', quoted: '> before' },
    ]);
    const [created, ...others] = await desk.events(ticket._id);
    expect(others).toEqual([]);
    expect(created).toMatchObject({
      _id: ticket._id,
      name: 'ticket.created',
      contactId: contact?._id,
      data: { by: 'customer', ticket: { id: ticket._id, number: 1, status: 'new', contactId: contact?._id } },
    });
    expect(await Instances.find().lean()).toMatchObject([
      {
        process: 'sla',
        definition: { key: 'sla', version: 1, hash: 'sla' },
        subject: { kind: 'ticket', id: ticket._id, contactId: contact?._id },
        status: 'starting',
        trigger: { name: 'ticket.created', seq: created?.seq },
      },
    ]);
  });
});

describe('a status', () => {
  it('is open after the first public answer, and what the answer says otherwise', async () => {
    const { _id } = await desk.opens();
    await desk.does(agentSays(_id), start + 1000);
    expect(await desk.ticket(_id)).toMatchObject({ status: 'open', lastAgentAt: new Date(start + 1000), messages: 2 });
    await desk.does(agentSays(_id, { status: 'waiting' }), start + 2000);
    expect(await desk.ticket(_id)).toMatchObject({ status: 'waiting' });
    expect(await desk.names(_id)).toEqual([
      'ticket.created',
      'ticket.agent-replied',
      'ticket.changed',
      'ticket.agent-replied',
      'ticket.changed',
    ]);
  });

  it('is open again when the customer answers one that waits, and reopened when it was resolved', async () => {
    const { _id } = await desk.opens();
    await desk.does(agentSays(_id, { status: 'waiting' }), start + 1000);
    await desk.does(answer({ ticketId: _id }), start + 2000);
    expect(await desk.ticket(_id)).toMatchObject({ status: 'open', reopened: 0 });
    await desk.does(agentSays(_id, { status: 'resolved' }), start + 3000);
    expect(await desk.ticket(_id)).toMatchObject({ status: 'resolved', resolvedAt: new Date(start + 3000) });
    await desk.does(answer({ ticketId: _id }), start + 4000);
    const reopened = await desk.ticket(_id);
    expect(reopened).toMatchObject({ status: 'open', reopened: 1, lastCustomerAt: new Date(start + 4000) });
    expect(reopened).not.toHaveProperty('resolvedAt');
    const events = await desk.events(_id);
    expect(events.slice(-5).map(({ name }) => name)).toEqual([
      'ticket.changed',
      'ticket.resolved',
      'ticket.changed',
      'ticket.reopened',
      'ticket.customer-replied',
    ]);
    for (const { name, data } of events.slice(-3))
      expect([name, data.ticket]).toMatchObject([name, { status: 'open' }]);
  });
});
