import { expect, it } from 'vitest';
import type { Board, BoardDeal } from '../../studio/src/api/deal-types.ts';
import { neighbour, withMoves } from '../../studio/src/deals/board.ts';
import { changeOf, fieldsOf } from '../../studio/src/deals/fields.ts';
import { timeSpent } from '../../studio/src/deals/spent.ts';

const at = '2026-03-02T09:00:00.000Z';

function deal(id: string, stage: string, amount: number, currency = 'RUB'): BoardDeal {
  return {
    ...{
      id,
      number: 1,
      title: id,
      contactId: 'c',
      pipeline: 'sales',
      stage,
      status: 'open',
      amount,
      currency,
      paid: 0,
    },
    ...{
      items: [],
      attributes: {},
      createdAt: at,
      stageSince: at,
      activityAt: at,
      updatedAt: at,
      openTasks: 0,
      due: at,
    },
  };
}

const board: Board = {
  key: 'sales',
  name: 'Sales',
  lostReasons: [],
  stages: [
    {
      key: 'new',
      name: 'New',
      count: 3,
      sums: { RUB: 0.3, EUR: 5 },
      deals: [deal('a', 'new', 0.1), deal('b', 'new', 0.2), deal('c', 'new', 5, 'EUR')],
    },
    { key: 'offer', name: 'Offer', count: 201, sums: { RUB: 7 }, deals: [] },
  ],
};

it('shows moves that are under way: the deal, the counts and the sums are where they will be', () => {
  const [first, second] = withMoves(board, [
    { id: 'a', wish: { to: 'offer' } },
    { id: 'c', wish: { to: 'lost' } },
    { id: 'gone', wish: { to: 'offer' } },
  ]).stages;
  expect(first).toMatchObject({ count: 1, sums: { RUB: 0.2 }, deals: [{ id: 'b' }] });
  expect(first?.sums).not.toHaveProperty('EUR');
  expect(second).toMatchObject({ count: 202, sums: { RUB: 7.1 }, deals: [{ id: 'a', stage: 'offer' }] });
  expect(second?.deals[0]).not.toHaveProperty('due');
  expect(board.stages[0]?.count).toBe(3);
});

it('knows the stage beside another one, and that none is beyond the ends', () => {
  expect([neighbour(board, 'new', 1), neighbour(board, 'new', -1), neighbour(board, 'offer', 1)]).toEqual([
    'offer',
    undefined,
    undefined,
  ]);
});

it('asks for what guards miss and what their conditions speak of, once, as far as a form can', () => {
  const fields = fieldsOf([
    { missing: ['deal.amount', 'contact.attributes.taxId', 'deal.items'] },
    { missing: [], when: 'has(contact.email) || has(contact.phone) && deal.amount > 0 && contact.score.total > 5' },
  ]);
  expect(fields.map(({ of, name }) => `${of}.${name}`)).toEqual([
    'deal.amount',
    'contact.attributes.taxId',
    'contact.email',
    'contact.phone',
  ]);
});

it('hands each record what was filled in for it', () => {
  const values = new Map([
    ['deal.amount', '5000.5'],
    ['deal.attributes.seats', '20'],
    ['deal.attributes.code', '007'],
    ['contact.email', 'a@example.com'],
  ]);
  expect(changeOf('deal', values)).toEqual({ amount: 5000.5, attributes: { seats: 20, code: '007' } });
  expect(changeOf('contact', values)).toEqual({ email: 'a@example.com' });
});

it('adds up how long a deal stood in each stage, all its visits together', () => {
  const hour = 3_600_000;
  const after = (hours: number) => new Date(Date.parse(at) + hours * hour).toISOString();
  const moves = [
    { at: after(5), to: 'new' },
    { at: after(2), to: 'offer' },
    { at, to: 'new' },
  ];
  expect(timeSpent(moves, Date.parse(after(6)))).toEqual(
    new Map([
      ['new', 3 * hour],
      ['offer', 3 * hour],
    ]),
  );
});
