import { expect } from 'vitest';
import { Clocks } from '../../../../store/models/clock.ts';
import { type TicketDoc, Tickets } from '../../../../store/models/ticket.ts';
import { TicketMessages } from '../../../../store/models/ticket-message.ts';
import { saveUser } from '../../../../store/users.ts';
import { type IntakeBench, start } from '../bench.ts';
import { IntakeScene } from '../scene.ts';

/** What a test does with tickets, and what it reads of them. */
export class TicketDesk extends IntakeScene {
  constructor(bench: IntakeBench) {
    super(bench, 'ticket');
  }

  /** An empty store with two people of the company. */
  async clear(): Promise<void> {
    await this.empty(Clocks, Tickets, TicketMessages);
    for (const _id of ['anna', 'boris']) {
      await saveUser({ _id, name: _id, role: 'agent', language: 'en', active: true });
    }
  }

  /** Does one thing to a ticket; it must go well. */
  async does(body: object, at = start): Promise<void> {
    expect(await this.apply([['ticket', body]], at)).toMatchObject({ status: 'done', problems: [] });
  }

  /** Opens a ticket of `customer@example.com`. */
  async opens(parts: object = {}, at = start): Promise<TicketDoc> {
    const body = { do: 'open', channel: 'email', email: 'customer@example.com', subject: 'It is broken' };
    const receipt = await this.apply([['ticket', { ...body, message: { text: 'Help!' }, ...parts }]], at);
    expect(receipt).toMatchObject({ status: 'done', problems: [] });
    return await this.ticket(`${receipt._id}.0`);
  }

  async ticket(id: string): Promise<TicketDoc> {
    const doc = await Tickets.findById(id).lean<TicketDoc>();
    if (doc === null) throw new Error(`there is no ticket ${id}`);
    return doc;
  }
}

/** What a customer writes back. */
export function answer(parts: object): object {
  return {
    do: 'from-customer',
    channel: 'email',
    email: 'customer@example.com',
    subject: 'Re: It is broken',
    message: { text: 'And now?' },
    ...parts,
  };
}

export function agentSays(ticketId: string, parts: object = {}): object {
  return { do: 'say', ticketId, by: 'user:anna', message: { text: 'Try again.' }, ...parts };
}
