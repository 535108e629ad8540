import { expect } from 'vitest';
import { dealView } from '../../../../store/deals.ts';
import { type ContactDoc, Contacts } from '../../../../store/models/contact.ts';
import { Documents } from '../../../../store/models/document.ts';
import { type EventDoc, Events } from '../../../../store/models/event.ts';
import type { IntakeDoc } from '../../../../store/models/intake.ts';
import { type OrderDoc, Orders } from '../../../../store/models/order.ts';
import { type PaymentDoc, Payments } from '../../../../store/models/payment.ts';
import { ContactRecords } from '../../../../store/models/record.ts';
import { intakeBench, start } from '../bench.ts';
import { Sales } from '../deals/sales.ts';

export const email = 'customer@example.com';
export const phone = '+79123456789';

/** What a test does with money, beside what it does with deals. */
export class Till extends Sales {
  static async open(): Promise<Till> {
    return new Till(await intakeBench());
  }

  override async clear(parts: object = {}): Promise<void> {
    for (const model of [Orders, Payments, Documents, ContactRecords]) await model.collection.deleteMany({});
    await super.clear(parts);
  }

  /** Tells of money; whatever is wrong with it, the event is kept. @returns the problems of the receipt */
  async tells(event: string, data: object, who: object = { email }, at = start): Promise<IntakeDoc['problems']> {
    const { _id, status, problems } = await this.apply([['event', { ...who, event, data }]], at);
    expect(status).toBe('done');
    expect(await Events.findById(`${_id}.0`).lean()).toMatchObject({ name: event, data });
    return problems;
  }

  async contact(filter: object = { emailKey: email }): Promise<ContactDoc> {
    const found = await Contacts.findOne(filter).lean<ContactDoc>();
    if (found === null) throw new Error('there is no such contact');
    return found;
  }

  async paid(dealId: string): Promise<number> {
    return dealView(await this.deal(dealId)).paid;
  }

  async payment(id: string): Promise<PaymentDoc | null> {
    return await Payments.findById(id).lean<PaymentDoc>();
  }

  async order(id: string): Promise<OrderDoc | null> {
    return await Orders.findById(id).lean<OrderDoc>();
  }

  /** What was told to be wrong, in order. */
  async problems(): Promise<EventDoc['data'][]> {
    return (await Events.find({ name: 'money.problem' }).sort({ seq: 1 }).lean<EventDoc[]>()).map(({ data }) => data);
  }

  /** Makes one contact of those who have the email and the phone. */
  async merges(at = start): Promise<void> {
    await this.apply([['lead', { email, phone }]], at);
  }

  async undoesMerge(survivor: ContactDoc, absorbed: string): Promise<void> {
    const { problems } = await this.apply([['unmerge', { contactId: survivor._id, absorbed, by: 'test' }]]);
    expect(problems).toEqual([]);
  }
}
