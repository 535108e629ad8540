import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { intakeBench, start } from '../bench.ts';
import { Sales } from './sales.ts';

let sales: Sales;
const day = 86_400_000;

beforeAll(async () => {
  sales = new Sales(await intakeBench());
});
afterAll(async () => await sales.bench.close());
beforeEach(async () => await sales.clear());

it('keeps what was known of a deal when, and its activity once a day', async () => {
  const { _id } = await sales.opens({ source: 'fair' });
  const known = { currency: 'RUB', source: 'fair' };
  await sales.does({ do: 'note', dealId: _id, text: 'He called.' }, start + 1000);
  await sales.does({ do: 'change', dealId: _id, set: { amount: 5 } }, start + 2000);
  await sales.happens('page.viewed', {}, start + 3000);
  await sales.happens('page.viewed', {}, start + 2 * day);
  await sales.does({ do: 'note', dealId: _id, text: 'He called again.' }, start + 2 * day + 1000);
  await sales.does({ do: 'move', dealId: _id, to: 'offer' }, start + 4 * day);
  await sales.does({ do: 'change', dealId: _id, set: { amount: null, source: null } }, start + 4 * day + 1000);
  expect((await sales.deal(_id)).trail).toEqual([
    { at: new Date(start), ...known },
    { at: new Date(start + 2000), ...known, amount: 5 },
    { at: new Date(start + 2 * day), ...known, amount: 5 },
    { at: new Date(start + 4 * day), ...known, amount: 5 },
    { at: new Date(start + 4 * day + 1000), currency: 'RUB' },
  ]);
});
