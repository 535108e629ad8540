import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Contacts } from '../../../../store/models/contact.ts';
import { Events } from '../../../../store/models/event.ts';
import { Tickets } from '../../../../store/models/ticket.ts';
import { TicketMessages } from '../../../../store/models/ticket-message.ts';
import { intakeBench, start } from '../bench.ts';
import { agentSays, answer, TicketDesk } from './desk.ts';

let desk: TicketDesk;

beforeAll(async () => {
  desk = new TicketDesk(await intakeBench());
});
afterAll(async () => await desk.bench.close());
beforeEach(async () => await desk.clear());

const mail = (messageId: string, text = 'And now?') => ({ message: { messageId, text } });
const auto = { message: { text: 'I am on holiday.', auto: true } };

async function numbers(): Promise<number[]> {
  return (await Tickets.find().sort({ number: 1 }).lean()).map(({ number }) => number);
}

describe('what a customer writes', () => {
  it('finds its ticket by a message that it answers, whoever writes and whatever the subject', async () => {
    const { _id, contactId } = await desk.opens(mail('<1@example.com>'));
    await desk.does(
      answer({
        ...mail('<2@home.example>'),
        email: 'other@home.example',
        subject: 'Hello',
        references: ['<1@example.com>'],
      }),
    );
    await desk.does(answer({ ...mail('<3@example.com>'), references: ['<2@home.example>'] }), start + 1000);
    expect(await numbers()).toEqual([1]);
    expect(await desk.ticket(_id)).toMatchObject({
      messages: 3,
      references: ['<1@example.com>', '<2@home.example>', '<3@example.com>'],
    });
    expect(await Contacts.countDocuments()).toBe(1);
    expect((await desk.events(_id)).map((event) => event.contactId)).toEqual([contactId, contactId, contactId]);
  });

  it('is answered where it came from, until the contact’s own address writes again', async () => {
    const { _id } = await desk.opens(mail('<1@example.com>'));
    await desk.does(answer({ ticketId: _id, email: 'Other@home.example' }));
    expect(await desk.ticket(_id)).toMatchObject({ replyTo: 'Other@home.example' });
    await desk.does(answer({ ticketId: _id, email: 'customer@example.com' }));
    expect(await desk.ticket(_id)).not.toHaveProperty('replyTo');
  });

  it('finds its ticket by number only when its writer takes part', async () => {
    const { _id } = await desk.opens();
    await desk.does(answer({ number: 1, email: 'stranger@example.com' }));
    expect(await desk.ticket(_id)).toMatchObject({ messages: 1 });
    await desk.does(answer({ number: 1 }));
    expect(await desk.ticket(_id)).toMatchObject({ messages: 2 });
    // Somebody in copy, whom a reference brought into the conversation.
    await desk.apply([['lead', { email: 'colleague@example.com' }]]);
    await desk.does(answer({ ticketId: _id, email: 'colleague@example.com' }));
    await desk.does(answer({ number: 1, email: 'colleague@example.com' }));
    expect(await desk.ticket(_id)).toMatchObject({ messages: 4 });
    expect(await numbers()).toEqual([1, 2]);
  });

  it('opens a ticket when it names none that there is', async () => {
    await desk.does(answer({ ticketId: 'gone', number: 77, references: ['<nobody@example.com>'] }));
    expect(await Tickets.find().lean()).toMatchObject([{ number: 1, status: 'new', channel: 'email' }]);
  });

  it('is refused when nobody is named who could be answered', async () => {
    const receipt = await desk.apply([['ticket', answer({ email: 'not an address' })]]);
    expect(receipt).toMatchObject({ status: 'failed', problems: [{ code: 'VALIDATION_FAILED' }] });
    expect(await Contacts.countDocuments()).toBe(0);
  });

  it('comes once, however often it is delivered', async () => {
    const { _id } = await desk.opens(mail('<1@example.com>'));
    const again = answer({ ...mail('<2@example.com>'), ticketId: _id });
    const receipt = await desk.apply([
      ['ticket', again],
      ['ticket', again],
      ['ticket', answer({ ...mail('<1@example.com>') })],
    ]);
    expect(receipt).toMatchObject({ status: 'done', problems: [] });
    await desk.does(again, start + 1000);
    await desk.does({ do: 'open', channel: 'email', email: 'x@example.com', subject: 'X', ...mail('<2@example.com>') });
    expect(await desk.names(_id)).toEqual(['ticket.created', 'ticket.customer-replied']);
    expect(await TicketMessages.countDocuments()).toBe(2);
    expect(await numbers()).toEqual([1]);
    expect(await Contacts.countDocuments()).toBe(1);
  });
});

describe('an answer to a closed ticket', () => {
  it('opens one follow-up, to which further answers go', async () => {
    const first = await desk.opens({ ...mail('<1@example.com>'), set: { topic: 'billing', team: 'first-line' } });
    await desk.does({ do: 'change', ticketId: first._id, by: 'user:anna', set: { status: 'closed' } });
    const references = ['<1@example.com>'];
    await desk.does(answer({ ...mail('<2@example.com>'), references, email: 'other@home.example' }), start + 1000);
    await desk.does(answer({ ...mail('<3@example.com>'), references }), start + 2000);
    expect(await Tickets.find().sort({ number: 1 }).lean()).toMatchObject([
      { status: 'closed', messages: 1 },
      {
        status: 'new',
        messages: 2,
        followsUp: first._id,
        topic: 'billing',
        team: 'first-line',
        contactId: first.contactId,
        references: ['<2@example.com>', '<3@example.com>'],
      },
    ]);
    expect(await desk.names(first._id)).not.toContain('ticket.customer-replied');
  });
});

describe('an autoreply', () => {
  it('is kept with its ticket and neither opens, reopens nor answers anything', async () => {
    await desk.does(answer(auto));
    expect(await Events.countDocuments()).toBe(0);
    expect(await Contacts.countDocuments()).toBe(0);
    const { _id } = await desk.opens();
    await desk.does(agentSays(_id, { status: 'resolved' }), start + 1000);
    await desk.does(answer({ ...auto, ticketId: _id }), start + 2000);
    expect(await desk.ticket(_id)).toMatchObject({ status: 'resolved', reopened: 0, lastCustomerAt: new Date(start) });
    expect((await desk.events(_id)).at(-1)).toMatchObject({ name: 'ticket.customer-replied', data: { auto: true } });
    await desk.does({ do: 'change', ticketId: _id, by: 'user:anna', set: { status: 'closed' } });
    await desk.does(answer({ ...auto, ticketId: _id }), start + 3000);
    expect(await numbers()).toEqual([1]);
    expect(await TicketMessages.countDocuments({ auto: true })).toBe(2);
  });
});
