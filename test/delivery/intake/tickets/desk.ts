import { expect } from 'vitest';
import { findIntake } from '../../../../store/intake.ts';
import { Clocks } from '../../../../store/models/clock.ts';
import { Contacts } from '../../../../store/models/contact.ts';
import { Counters } from '../../../../store/models/counter.ts';
import { Definitions, DefinitionVersions } from '../../../../store/models/definition.ts';
import { Deliveries } from '../../../../store/models/delivery.ts';
import { type EventDoc, Events } from '../../../../store/models/event.ts';
import { Instances } from '../../../../store/models/instance.ts';
import type { IntakeDoc } from '../../../../store/models/intake.ts';
import { Intake } from '../../../../store/models/intake.ts';
import { type TicketDoc, Tickets } from '../../../../store/models/ticket.ts';
import { TicketMessages } from '../../../../store/models/ticket-message.ts';
import { Users } from '../../../../store/models/user.ts';
import { saveUser } from '../../../../store/users.ts';
import { type IntakeBench, start } from '../bench.ts';

/** What a test does with tickets, and what it reads of them. */
export class TicketDesk {
  readonly bench: IntakeBench;

  constructor(bench: IntakeBench) {
    this.bench = bench;
  }

  /** An empty store with two people of the company. */
  async clear(): Promise<void> {
    const models = [Clocks, Contacts, Counters, Definitions, DefinitionVersions, Deliveries, Events];
    for (const model of [...models, Instances, Intake, Tickets, TicketMessages, Users]) {
      await model.collection.deleteMany({});
    }
    this.bench.errors.length = 0;
    for (const _id of ['anna', 'boris']) {
      await saveUser({ _id, name: _id, role: 'agent', language: 'en', active: true });
    }
  }

  /** Applies items of one document. @returns what became of it */
  async apply(items: Parameters<IntakeBench['accept']>[0], at = start): Promise<Omit<IntakeDoc, 'items'>> {
    const id = await this.bench.accept(items, at);
    await this.bench.consumer().drain();
    expect(this.bench.errors).toEqual([]);
    const receipt = await findIntake(id);
    if (receipt === null) throw new Error('the document is gone');
    return receipt;
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

  /** Events of a ticket, in order. */
  async events(ticketId: string): Promise<EventDoc[]> {
    return await Events.find({ 'data.ticket.id': ticketId }).sort({ seq: 1 }).lean<EventDoc[]>();
  }

  async names(ticketId: string): Promise<string[]> {
    return (await this.events(ticketId)).map(({ name }) => name);
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
