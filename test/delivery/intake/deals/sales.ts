import { expect } from 'vitest';
import { type DealDoc, Deals } from '../../../../store/models/deal.ts';
import { type InstanceDoc, Instances } from '../../../../store/models/instance.ts';
import { saveUser } from '../../../../store/users.ts';
import { type IntakeBench, publish, start } from '../bench.ts';
import { IntakeScene } from '../scene.ts';

const tell = { id: 'tell', type: 'notify-user', to: { role: 'head' }, text: 'Look' };

export const pipeline = {
  kind: 'pipeline',
  key: 'sales',
  name: 'Sales',
  stages: [
    { key: 'new', name: 'New', idle: { within: 'P3D', steps: [tell] } },
    {
      key: 'offer',
      name: 'Offer',
      guards: [{ id: 'amount', fields: ['deal.amount'], message: { en: 'Say how much.', ru: 'Укажите сумму.' } }],
      deadline: { within: 'P7D', steps: [tell] },
      leave: [tell],
    },
    { key: 'contract', name: 'Contract', guards: [{ id: 'head', roles: ['head'], message: 'The head decides.' }] },
  ],
  moves: [
    { id: 'asked', to: 'offer', on: 'offer.sent' },
    { id: 'signed', from: ['offer'], to: 'contract', on: 'contract.signed' },
    { id: 'paid', from: ['contract'], to: 'won', on: 'payment.received', when: 'event.amount >= deal.amount' },
    { id: 'gone', to: 'lost', on: 'lead.died', reason: 'price' },
  ],
  lostReasons: [{ key: 'price', name: 'Too dear' }],
};

/** What a test does with deals, and what it reads of them. */
export class Sales extends IntakeScene {
  constructor(bench: IntakeBench) {
    super(bench, 'deal');
  }

  /** A store with a pipeline, a seller and her head. */
  async clear(parts: object = {}): Promise<void> {
    await this.empty(Deals);
    await publish({ ...pipeline, ...parts });
    const people = { language: 'en' as const, active: true };
    await saveUser({ ...people, _id: 'anna', name: 'Anna', role: 'sales' });
    await saveUser({ ...people, _id: 'hanna', name: 'Hanna', role: 'head' });
  }

  /** Does one thing to a deal; it must go well. */
  async does(deed: object, at = start): Promise<void> {
    expect(await this.apply([['deal', { by: 'user:anna', ...deed }]], at)).toMatchObject({ problems: [] });
  }

  /** Opens a deal of `customer@example.com`. */
  async opens(set: object = {}, parts: object = {}, at = start): Promise<DealDoc> {
    const body = { do: 'open', by: 'user:anna', email: 'customer@example.com', pipeline: 'sales', ...parts };
    const receipt = await this.apply([['deal', { ...body, set: { title: 'A machine', ...set } }]], at);
    expect(receipt).toMatchObject({ status: 'done', problems: [] });
    return await this.deal(`${receipt._id}.0`);
  }

  /** Something happens to the customer. */
  async happens(event: string, data: object = {}, at = start): Promise<void> {
    expect(await this.apply([['event', { email: 'customer@example.com', event, data }]], at)).toMatchObject({
      problems: [],
    });
  }

  async deal(id: string): Promise<DealDoc> {
    const doc = await Deals.findById(id).lean<DealDoc>();
    if (doc === null) throw new Error(`there is no deal ${id}`);
    return doc;
  }

  /** Parts of the pipeline that run for a deal. */
  async parts(id: string): Promise<(string | undefined)[]> {
    const docs = await Instances.find({ 'subject.id': id }).sort({ _id: 1 }).lean<InstanceDoc[]>();
    return docs.map(({ definition }) => definition.part);
  }
}
