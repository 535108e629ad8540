import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Contacts } from '../../../../store/models/contact.ts';
import { Deals } from '../../../../store/models/deal.ts';
import { Instances } from '../../../../store/models/instance.ts';
import { intakeBench, start } from '../bench.ts';
import { Sales } from './sales.ts';

let sales: Sales;

beforeAll(async () => {
  sales = new Sales(await intakeBench());
});
afterAll(async () => await sales.bench.close());
beforeEach(async () => await sales.clear());

describe('a deal that is opened', () => {
  it('has a number, its contact and its stage, whose part runs, and is told of whole', async () => {
    const items = [{ name: 'Machine', quantity: 3, price: 0.1, tax: 20 }];
    const deal = await sales.opens({ items, owner: 'anna', source: 'fair', attributes: { budget: 'much' } });
    const contact = await Contacts.findOne().lean();
    expect(deal).toMatchObject({
      number: 1,
      title: 'A machine',
      contactId: contact?._id,
      pipeline: 'sales',
      stage: 'new',
      status: 'open',
      amount: 0.36,
      currency: 'RUB',
      items,
      owner: 'anna',
      attributes: { budget: 'much' },
      stageSince: new Date(start),
      activityAt: new Date(start),
      moves: [{ at: new Date(start), to: 'new', by: 'user:anna' }],
    });
    const [created, ...others] = await sales.events(deal._id);
    expect(others).toEqual([]);
    expect(created).toMatchObject({
      _id: deal._id,
      name: 'deal.created',
      data: { by: 'user:anna', deal: { id: deal._id, number: 1, amount: 0.36, stage: 'new', createdAt: start } },
    });
    expect(await Instances.find().lean()).toMatchObject([
      {
        process: 'sales/stage:new',
        definition: { key: 'sales', version: 1, part: 'stage:new' },
        subject: { kind: 'deal', id: deal._id, contactId: contact?._id },
        trigger: { name: 'deal.created' },
      },
    ]);
  });

  it('in a later stage has passed the guards up to there, or is not opened and takes no number', async () => {
    const body = { do: 'open', by: 'user:anna', email: 'a@example.com', pipeline: 'sales', stage: 'contract' };
    const receipt = await sales.apply([['deal', { ...body, set: { title: 'X' } }]]);
    const refused = [
      {
        stage: 'offer',
        guard: 'amount',
        message: { en: 'Say how much.', ru: 'Укажите сумму.' },
        missing: ['deal.amount'],
      },
      { stage: 'contract', guard: 'head', message: 'The head decides.', missing: [], roles: ['head'] },
    ];
    expect(receipt.problems).toMatchObject([{ code: 'GUARD_NOT_MET', details: { refused } }]);
    expect(await Deals.countDocuments()).toBe(0);
    const deal = await sales.opens({ amount: 5 }, { stage: 'contract', by: 'user:hanna' });
    expect(deal).toMatchObject({ number: 1, stage: 'contract' });
  });
});

describe('a deal that is moved', () => {
  it('keeps who, when and why, begins the part of its stage and does what leaving asks for', async () => {
    const { _id } = await sales.opens({ amount: 5 });
    await sales.does({ do: 'move', dealId: _id, to: 'offer', why: 'He asked.' }, start + 1000);
    await sales.does({ do: 'move', dealId: _id, to: 'offer' }, start + 2000);
    await sales.does({ do: 'move', dealId: _id, to: 'won', by: 'user:hanna' }, start + 3000);
    expect(await sales.deal(_id)).toMatchObject({
      stage: 'won',
      status: 'won',
      closedAt: new Date(start + 3000),
      closedFrom: 'offer',
      moves: [
        { to: 'new' },
        { from: 'new', to: 'offer', by: 'user:anna', why: 'He asked.', at: new Date(start + 1000) },
        { from: 'offer', to: 'won', by: 'user:hanna', at: new Date(start + 3000) },
      ],
    });
    expect(await sales.parts(_id)).toEqual(['stage:new', 'stage:offer', 'leave:offer']);
    const events = await sales.events(_id);
    expect(events.map(({ name }) => name)).toEqual([
      'deal.created',
      'deal.changed',
      'deal.stage-changed',
      'deal.changed',
      'deal.won',
    ]);
    expect(events[1]?.data).toMatchObject({
      changes: [{ field: 'stage', from: 'new', to: 'offer' }],
      why: 'He asked.',
    });
    expect(events[2]?.data).toMatchObject({ from: 'new', to: 'offer', deal: { stage: 'offer' } });
    expect(events[4]?.data).toMatchObject({ from: 'offer', to: 'won', deal: { status: 'won' } });
  });

  it('is lost for a reason, and comes back to where it stood, through every guard', async () => {
    const { _id } = await sales.opens({ amount: 5 });
    await sales.does({ do: 'move', dealId: _id, to: 'offer' });
    const lost = await sales.apply([['deal', { do: 'move', dealId: _id, to: 'lost', by: 'api' }]]);
    expect(lost.problems).toMatchObject([{ code: 'VALIDATION_FAILED', message: 'reason: give one of price' }]);
    await sales.does({ do: 'move', dealId: _id, to: 'lost', reason: 'price' });
    expect(await sales.deal(_id)).toMatchObject({ status: 'lost', lostReason: 'price', closedFrom: 'offer' });
    const moved = await sales.apply([['deal', { do: 'move', dealId: _id, to: 'new', by: 'api' }]]);
    expect(moved.problems).toMatchObject([{ code: 'DEAL_CLOSED' }]);
    await sales.does({ do: 'change', dealId: _id, set: { amount: null } });
    const early = await sales.apply([['deal', { do: 'reopen', dealId: _id, by: 'api' }]]);
    expect(early.problems).toMatchObject([{ code: 'GUARD_NOT_MET' }]);
    await sales.does({ do: 'change', dealId: _id, set: { amount: 7 } });
    await sales.does({ do: 'reopen', dealId: _id });
    const back = await sales.deal(_id);
    expect(back).toMatchObject({ stage: 'offer', status: 'open' });
    for (const field of ['lostReason', 'closedAt', 'closedFrom']) expect(back).not.toHaveProperty(field);
    expect((await sales.names(_id)).slice(-2)).toEqual(['deal.changed', 'deal.reopened']);
    expect((await sales.parts(_id)).slice(-2)).toEqual(['leave:offer', 'stage:offer']);
  });

  it('goes into another pipeline from before its first stage', async () => {
    const { publish } = await import('../bench.ts');
    const guards = [{ id: 'owner', fields: ['deal.owner'], message: 'Whose?' }];
    const stages = [
      { key: 'start', name: 'Start', guards },
      { key: 'run', name: 'Run' },
    ];
    await publish({ kind: 'pipeline', key: 'service', name: 'Service', stages });
    const { _id } = await sales.opens({ amount: 5 });
    const body = { do: 'move', dealId: _id, pipeline: 'service', to: 'run', by: 'user:anna' };
    expect((await sales.apply([['deal', body]])).problems).toMatchObject([{ code: 'GUARD_NOT_MET' }]);
    await sales.does({ do: 'change', dealId: _id, set: { owner: 'anna' } });
    await sales.does(body);
    expect(await sales.deal(_id)).toMatchObject({ pipeline: 'service', stage: 'run' });
    expect((await sales.events(_id)).at(-1)?.data).toMatchObject({ fromPipeline: 'sales', from: 'new', to: 'run' });
  });
});

describe('what is done to a deal', () => {
  it('is told where something changes, and refused where it cannot be', async () => {
    const { _id } = await sales.opens({ attributes: { budget: 1 } });
    await sales.does({ do: 'change', dealId: _id, set: { title: 'A machine' } });
    await sales.does({ do: 'change', dealId: _id, set: { title: 'Two', attributes: { budget: null, size: 3 } } });
    await sales.does({ do: 'note', dealId: _id, text: 'He called.' }, start + 5000);
    const [, change, note, ...others] = await sales.events(_id);
    expect(others).toEqual([]);
    expect(change?.data.changes).toEqual([
      { field: 'title', from: 'A machine', to: 'Two' },
      { field: 'attributes.budget', from: 1, to: null },
      { field: 'attributes.size', from: null, to: 3 },
    ]);
    expect(note).toMatchObject({ name: 'deal.noted', data: { text: 'He called.' } });
    expect(await sales.deal(_id)).toMatchObject({ activityAt: new Date(start + 5000), attributes: { size: 3 } });
    const cases: [object, string][] = [
      [{ do: 'move', dealId: 'none', to: 'offer' }, 'NOT_FOUND'],
      [{ do: 'move', dealId: _id, to: 'nowhere' }, 'VALIDATION_FAILED'],
      [{ do: 'move', dealId: _id, to: 'offer', pipeline: 'none' }, 'DEFINITION_NOT_FOUND'],
      [{ do: 'reopen', dealId: _id }, 'CONFLICT'],
      [{ do: 'change', dealId: _id, set: { owner: 'stranger' } }, 'USER_NOT_FOUND'],
      [{ do: 'change', dealId: _id, set: { amount: -1 } }, 'VALIDATION_FAILED'],
      [{ do: 'change', dealId: _id, set: { items: [{ name: 'X', quantity: 0, price: 1 }] } }, 'VALIDATION_FAILED'],
    ];
    for (const [body, code] of cases) {
      const { problems } = await sales.apply([['deal', { by: 'api', ...body }]]);
      expect([body, problems.map((problem) => problem.code)]).toEqual([body, [code]]);
    }
  });
});

describe('numbers of deals', () => {
  it('have no gap and no twin, whatever is refused between', async () => {
    const body = (title: string, more = {}) =>
      [
        'deal',
        { do: 'open', by: 'api', email: `${title}@example.com`, pipeline: 'sales', set: { title }, ...more },
      ] as const;
    const items = ['a', 'b', 'c', 'd'].flatMap((title) => [body(title), body(title, { stage: 'contract' })]);
    await sales.apply(items.map(([kind, deal]) => [kind, deal]));
    await sales.apply([[...body('e')]]);
    expect((await Deals.find().sort({ number: 1 }).lean()).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('a deal of a merged contact', () => {
  it('goes along, and comes back when the merge is undone', async () => {
    const deal = await sales.opens({ amount: 5 });
    await sales.apply([['lead', { phone: '+79120000001' }]], start + 1000);
    await sales.apply([['lead', { email: 'customer@example.com', phone: '+79120000001' }]], start + 2000);
    const survivor = await Contacts.findOne({ mergedInto: { $exists: false } }).lean();
    await sales.apply([['event', { phone: '+79120000001', event: 'offer.sent' }]], start + 3000);
    const moved = await sales.deal(deal._id);
    expect(moved).toMatchObject({ stage: 'offer', contactId: deal.contactId });
    expect((await sales.events(deal._id)).at(-1)).toMatchObject({
      contactId: survivor?._id,
      data: { deal: { contactId: survivor?._id } },
    });
  });
});
