import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Contacts } from '../../../../store/models/contact.ts';
import { Tickets } from '../../../../store/models/ticket.ts';
import { intakeBench } from '../bench.ts';
import { answer, TicketDesk } from './desk.ts';

let desk: TicketDesk;

beforeAll(async () => {
  desk = new TicketDesk(await intakeBench());
});
afterAll(async () => await desk.bench.close());
beforeEach(async () => await desk.clear());

const said = (text: string, parts: object = {}) =>
  answer({ channel: 'messenger', email: undefined, subject: '', chat: 'bot:42', message: { text }, ...parts });

describe('a chat', () => {
  it('goes on with its ticket, also when two first messages come at once, from somebody without any address', async () => {
    const names = { firstName: 'Olga', attributes: { bot: '42' } };
    const receipt = await desk.apply([
      ['ticket', said('Hello', names)],
      ['ticket', said('Anybody?', names)],
    ]);
    expect(receipt).toMatchObject({ status: 'done', problems: [] });
    expect(await Tickets.find().lean()).toMatchObject([
      { chat: 'bot:42', channel: 'messenger', messages: 2, subject: 'Hello' },
    ]);
    expect(await Contacts.find().lean()).toMatchObject([{ firstName: 'Olga', attributes: { bot: '42' } }]);
  });

  it('opens a follow-up of the same contact when its ticket is closed', async () => {
    await desk.does(said('Hello'));
    const [first] = await Tickets.find().lean();
    await desk.does({ do: 'change', ticketId: first?._id, by: 'user:anna', set: { status: 'closed' } });
    await desk.does(said('Once more'));
    await desk.does(said('And more'));
    const tickets = await Tickets.find().sort({ number: 1 }).lean();
    expect(tickets).toMatchObject([{ status: 'closed' }, { followsUp: first?._id, chat: 'bot:42', messages: 2 }]);
    expect(await Contacts.countDocuments()).toBe(1);
  });

  it('is not another chat', async () => {
    await desk.does(said('Hello'));
    await desk.does(said('Hello', { chat: 'bot:43' }));
    expect(await Tickets.countDocuments()).toBe(2);
    expect(await Contacts.countDocuments()).toBe(2);
  });
});
