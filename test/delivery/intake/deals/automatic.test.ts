import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Deliveries } from '../../../../store/models/delivery.ts';
import { Events } from '../../../../store/models/event.ts';
import { Instances } from '../../../../store/models/instance.ts';
import { intakeBench, processBody, publish, start } from '../bench.ts';
import { Sales } from './sales.ts';

let sales: Sales;

beforeAll(async () => {
  sales = new Sales(await intakeBench());
});
afterAll(async () => await sales.bench.close());
beforeEach(async () => await sales.clear());

const hour = 3_600_000;

describe('an event of the contact', () => {
  it('moves its open deals, and says which move it was', async () => {
    const [one, other] = [await sales.opens({ amount: 5 }), await sales.opens({ amount: 7 })];
    await sales.happens('offer.sent', {}, start + hour);
    for (const { _id } of [one, other]) {
      expect(await sales.deal(_id)).toMatchObject({ stage: 'offer', moves: [{}, { by: 'system', move: 'asked' }] });
      expect((await sales.events(_id)).at(-1)).toMatchObject({
        name: 'deal.stage-changed',
        source: 'engine',
        data: { by: 'system', move: 'asked', from: 'new', to: 'offer' },
      });
    }
  });

  it('that names a deal is about no other', async () => {
    const [one, other] = [await sales.opens({ amount: 5 }), await sales.opens({ amount: 7 })];
    await sales.happens('offer.sent', { dealId: other._id });
    expect([(await sales.deal(one._id)).stage, (await sales.deal(other._id)).stage]).toEqual(['new', 'offer']);
    await sales.happens('lead.died', { deal: one._id });
    expect(await sales.deal(one._id)).toMatchObject({ status: 'lost', lostReason: 'price' });
    expect(await sales.deal(other._id)).toMatchObject({ status: 'open' });
  });

  it('is activity, unless it is our own', async () => {
    const { _id } = await sales.opens();
    await sales.happens('page.viewed', {}, start + hour);
    expect(await sales.deal(_id)).toMatchObject({ activityAt: new Date(start + hour), stageSince: new Date(start) });
  });
});

describe('a move that a guard refuses', () => {
  it('is told once for each cause, in both languages', async () => {
    const { _id } = await sales.opens();
    for (const n of [1, 2, 3]) await sales.happens('offer.sent', {}, start + n * hour);
    const told = (await sales.events(_id)).filter(({ name }) => name === 'deal.move-refused');
    expect(told).toMatchObject([
      {
        data: {
          move: 'asked',
          to: 'offer',
          refused: [{ guard: 'amount', missing: ['deal.amount'], message: { ru: 'Укажите сумму.' } }],
        },
      },
    ]);
    await sales.does({ do: 'change', dealId: _id, set: { amount: 5 } }, start + 4 * hour);
    await sales.happens('offer.sent', {}, start + 5 * hour);
    for (const n of [6, 7]) await sales.happens('contract.signed', {}, start + n * hour);
    expect((await sales.names(_id)).filter((name) => name === 'deal.move-refused')).toHaveLength(2);
    expect(await sales.deal(_id)).toMatchObject({ stage: 'offer' });
  });
});

describe('a chain of moves', () => {
  const stages = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => ({ key, name: key }));
  const moves = stages
    .slice(1)
    .map(({ key }, n) => ({ id: `to-${key}`, from: [stages[n]?.key], to: key, when: 'true' }));

  it('goes on by itself as far as it may, and says where it stopped', async () => {
    await sales.clear({ stages, moves });
    await sales.happens('page.viewed');
    const { _id, stage, moves: ways } = await sales.opens();
    expect(stage).toBe('e');
    expect(ways.map(({ to }) => to)).toEqual(['a', 'b', 'c', 'd', 'e']);
    const refused = (await sales.events(_id)).filter(({ name }) => name === 'deal.move-refused');
    expect(refused).toMatchObject([{ data: { move: 'to-f', why: expect.stringContaining('more than 4') } }]);
    await sales.happens('page.viewed');
    expect(await sales.deal(_id)).toMatchObject({ stage: 'g' });
  });
});

describe('a process of deals', () => {
  it('begins for the deal of the event, with it in its conditions, and hears of no other deal', async () => {
    await publish(
      processBody('large', {
        subject: 'deal',
        triggers: [{ on: 'change', field: 'deal.stage', to: 'offer', when: 'deal.amount > 5' }],
        exits: [
          { event: 'deal.won', outcome: 'won' },
          { event: 'page.viewed', outcome: 'seen' },
          { event: 'deal.noted', outcome: 'noted' },
        ],
      }),
    );
    const [small, large] = [await sales.opens({ amount: 5 }), await sales.opens({ amount: 6 })];
    for (const { _id } of [small, large]) await sales.does({ do: 'move', dealId: _id, to: 'offer' });
    const [only, ...others] = await Instances.find({ process: 'large' }).lean();
    expect(others).toEqual([]);
    expect(only?.subject).toEqual({ kind: 'deal', id: large._id, contactId: large.contactId });
    await sales.does({ do: 'note', dealId: small._id, text: 'x' });
    await sales.does({ do: 'note', dealId: large._id, text: 'y' });
    await sales.happens('page.viewed');
    const heard = await Deliveries.find({ instance: only?._id }).sort({ order: 1 }).lean();
    expect(heard.map(({ event }) => event?.name)).toEqual(['deal.noted', 'page.viewed']);
  });

  it('takes in those that are enrolled with their deal, and nobody without one', async () => {
    await publish(processBody('review', { subject: 'deal' }));
    const { _id, contactId } = await sales.opens();
    await sales.apply([
      ['enrol', { process: 'review', contactId, dealId: _id, by: 'api' }],
      ['enrol', { process: 'review', contactId, by: 'api' }],
    ]);
    expect(await Instances.find({ process: 'review' }).lean()).toMatchObject([{ subject: { kind: 'deal', id: _id } }]);
    expect(await Events.findOne({ name: 'entry.refused' }).lean()).toMatchObject({ data: { reason: 'no-deal' } });
    const stranger = await sales.opens({}, { email: 'stranger@example.com' });
    const receipt = await sales.apply([['enrol', { process: 'review', contactId, dealId: stranger._id, by: 'api' }]]);
    expect(receipt.problems).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });
});
