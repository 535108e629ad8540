import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TicketMessages } from '../../../../store/models/ticket-message.ts';
import { intakeBench, start } from '../bench.ts';
import { agentSays, TicketDesk } from './desk.ts';

let desk: TicketDesk;

beforeAll(async () => {
  desk = new TicketDesk(await intakeBench());
});
afterAll(async () => await desk.bench.close());
beforeEach(async () => await desk.clear());

const change = (ticketId: string, set: object, by = 'user:anna') => ({ do: 'change', ticketId, by, set });

describe('a change', () => {
  it('tells what was before and after, with the reason, and nothing when nothing differs', async () => {
    const { _id } = await desk.opens();
    const set = { priority: 'urgent', topic: 'billing', tags: ['vip'], subject: 'Lost parcel' };
    await desk.does({ ...change(_id, set), why: 'she called' });
    await desk.does(change(_id, set));
    await desk.does(change(_id, { topic: null }));
    const [, first, second, ...others] = await desk.events(_id);
    expect(others).toEqual([]);
    expect(first?.data).toMatchObject({
      by: 'user:anna',
      why: 'she called',
      changes: [
        { field: 'priority', from: 'normal', to: 'urgent' },
        { field: 'topic', from: null, to: 'billing' },
        { field: 'tags', from: [], to: ['vip'] },
        { field: 'subject', from: 'It is broken', to: 'Lost parcel' },
      ],
      ticket: { priority: 'urgent', topic: 'billing' },
    });
    expect(second?.data.ticket).not.toHaveProperty('topic');
    expect((await desk.ticket(_id)).search).toEqual(expect.arrayContaining(['lost', 'parcel', 'customer@example.com']));
    await desk.apply([['change', { contactId: first?.contactId, set: { firstName: 'Carla' }, by: 'anna' }]]);
    await desk.does(agentSays(_id));
    expect((await desk.ticket(_id)).search).toContain('carla');
  });

  it('to resolved, closed and back is told as such, with its times', async () => {
    const { _id } = await desk.opens();
    await desk.does(change(_id, { status: 'resolved' }), start + 1000);
    await desk.does(change(_id, { status: 'open' }), start + 2000);
    await desk.does(change(_id, { status: 'resolved' }), start + 3000);
    await desk.does(change(_id, { status: 'closed' }), start + 4000);
    expect(await desk.ticket(_id)).toMatchObject({
      status: 'closed',
      reopened: 1,
      resolvedAt: new Date(start + 3000),
      closedAt: new Date(start + 4000),
    });
    const names = (await desk.names(_id)).filter((name) => name !== 'ticket.changed');
    expect(names).toEqual(['ticket.created', 'ticket.resolved', 'ticket.reopened', 'ticket.resolved', 'ticket.closed']);
  });

  it('to an unknown or inactive user, of an unknown ticket, or back to new, is refused and leaves no trace', async () => {
    const { _id } = await desk.opens();
    await desk.does(agentSays(_id));
    const before = await desk.ticket(_id);
    const receipt = await desk.apply([
      ['ticket', change(_id, { priority: 'low', assignee: 'nobody' })],
      ['ticket', change('gone', { priority: 'low' })],
      ['ticket', change(_id, { status: 'new' })],
      ['ticket', change(_id, { status: 'odd' })],
      ['ticket', agentSays('gone')],
    ]);
    const codes = receipt.problems.map(({ item, code }) => [Number(item.split('.').at(-1)), code]).sort();
    expect(codes).toEqual([
      [0, 'USER_NOT_FOUND'],
      [1, 'NOT_FOUND'],
      [2, 'VALIDATION_FAILED'],
      [3, 'VALIDATION_FAILED'],
      [4, 'NOT_FOUND'],
    ]);
    expect(await desk.ticket(_id)).toEqual(before);
  });
});

describe('a closed ticket', () => {
  it('is not answered, changed or accepted any more; notes and marks are still taken', async () => {
    const { _id } = await desk.opens();
    await desk.does(change(_id, { status: 'closed' }));
    const receipt = await desk.apply([
      ['ticket', agentSays(_id)],
      ['ticket', change(_id, { status: 'open' })],
      ['ticket', { do: 'accept', ticketId: _id, by: 'user:anna' }],
      ['ticket', agentSays(_id, { internal: true, status: 'open' })],
    ]);
    expect(receipt.problems.map(({ code }) => code)).toEqual(Array(4).fill('TICKET_CLOSED'));
    expect(await TicketMessages.countDocuments()).toBe(1);
    await desk.does(agentSays(_id, { internal: true }));
    await desk.does({ do: 'rate', ticketId: _id, by: 'customer', survey: 'csat', mark: 5, comment: 'Thanks' });
    await desk.does({ do: 'review', ticketId: _id, by: 'system', why: 'calendars changed' });
    expect(await desk.ticket(_id)).toMatchObject({ status: 'closed', satisfaction: { mark: 5, comment: 'Thanks' } });
    expect((await desk.names(_id)).slice(-2)).toEqual(['ticket.noted', 'survey.answered']);
  });
});

describe('what is said', () => {
  it('answers when a person says it in public; a program only notifies, and a note stays inside', async () => {
    const { _id } = await desk.opens();
    await desk.does(agentSays(_id, { by: 'api', message: { text: 'We have got it.' } }));
    await desk.does(agentSays(_id, { internal: true }));
    expect(await desk.ticket(_id)).toMatchObject({ status: 'new' });
    expect(await desk.ticket(_id)).not.toHaveProperty('lastAgentAt');
    expect((await desk.names(_id)).slice(1)).toEqual(['ticket.notified', 'ticket.noted']);
    expect(await TicketMessages.find().sort({ _id: 1 }).lean()).toMatchObject([
      { kind: 'customer' },
      { kind: 'system', by: 'api' },
      { kind: 'note', by: 'user:anna' },
    ]);
  });

  it('by the customer comes in another way', async () => {
    const { _id } = await desk.opens();
    const receipt = await desk.apply([['ticket', agentSays(_id, { by: 'customer' })]]);
    expect(receipt.problems).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });
});

describe('a ticket is taken on', () => {
  const give = (ticketId: string, assignee: string | null, by = 'user:boris') => change(ticketId, { assignee }, by);

  it('by assigning it to oneself, not by being given it', async () => {
    const { _id } = await desk.opens();
    await desk.does(give(_id, 'anna'), start + 1000);
    expect(await desk.ticket(_id)).toMatchObject({ assignee: 'anna', accepted: false });
    await desk.does(give(_id, 'boris'), start + 2000);
    expect(await desk.ticket(_id)).toMatchObject({
      assignee: 'boris',
      accepted: true,
      assignments: [
        { user: 'anna', at: new Date(start + 1000), by: 'user:boris' },
        { user: 'boris', at: new Date(start + 2000), by: 'user:boris' },
      ],
    });
    await desk.does(give(_id, null));
    expect(await desk.ticket(_id)).toMatchObject({ accepted: false });
    expect((await desk.ticket(_id)).assignee).toBeUndefined();
    expect((await desk.names(_id)).slice(1)).toEqual([
      'ticket.changed',
      'ticket.changed',
      'ticket.accepted',
      'ticket.changed',
    ]);
  });

  it('by saying so, by the first answer and by a change of status of whom it was given to', async () => {
    for (const deed of [
      { do: 'accept', by: 'user:anna' },
      { do: 'say', by: 'user:anna', message: { text: 'Hello' } },
      { do: 'change', by: 'user:anna', set: { status: 'on-hold' } },
    ]) {
      const { _id } = await desk.opens();
      await desk.does(give(_id, 'anna'));
      await desk.does({ ...deed, ticketId: _id });
      await desk.does({ ...deed, ticketId: _id });
      expect(await desk.ticket(_id)).toMatchObject({ accepted: true });
      expect((await desk.names(_id)).filter((name) => name === 'ticket.accepted')).toHaveLength(1);
    }
  });

  it('by nobody else', async () => {
    const { _id } = await desk.opens();
    await desk.does(give(_id, 'anna', 'user:anna'));
    await desk.does(give(_id, 'boris', 'user:anna'));
    await desk.does(agentSays(_id, { by: 'user:anna' }));
    await desk.does(change(_id, { status: 'on-hold' }));
    const receipt = await desk.apply([
      ['ticket', { do: 'accept', ticketId: _id, by: 'user:anna' }],
      ['ticket', { do: 'accept', ticketId: _id, by: 'api' }],
    ]);
    expect(receipt.problems.map(({ code }) => code)).toEqual(['CONFLICT', 'VALIDATION_FAILED']);
    expect(await desk.ticket(_id)).toMatchObject({ assignee: 'boris', accepted: false });
  });

  it('by whoever accepts one that nobody has', async () => {
    const { _id } = await desk.opens();
    await desk.does({ do: 'accept', ticketId: _id, by: 'user:anna' });
    expect(await desk.ticket(_id)).toMatchObject({ assignee: 'anna', accepted: true });
    expect((await desk.names(_id)).slice(1)).toEqual(['ticket.changed', 'ticket.accepted']);
  });
});
