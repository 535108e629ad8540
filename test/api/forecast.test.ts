import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dealFile } from '../../engine/forecast/file.ts';
import { fitPipeline } from '../../engine/forecast/fit.ts';
import { Deals } from '../../store/models/deal.ts';
import { saveUser } from '../../store/users.ts';
import { compileScript } from '../delivery/fixtures/child.ts';
import { pipeline } from '../delivery/intake/deals/sales.ts';
import { pastDeals } from '../support/past-deals.ts';
import { publish } from '../support/records.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;
const now = Date.now();

const market = { many: pastDeals('many', 800, { now }), few: pastDeals('few', 60, { now, firstNumber: 1001 }) };
const [some] = market.many.filter(({ status }) => status === 'open');
if (some === undefined) throw new Error('a deal is open');

beforeAll(async () => {
  const forecastScript = pathToFileURL(await compileScript('api/forecast/thread.ts'));
  api = await apiBench({ forecastScript });
  await saveUser({ _id: 'anna', name: 'Anna', role: 'sales', language: 'en', active: true });
  const stages = ['new', 'qualified', 'proposal', 'contract'].map((key) => ({ key, name: key }));
  for (const key of ['many', 'few', 'none']) await publish({ ...pipeline, key, stages, moves: [] });
  await Deals.insertMany([...market.many, ...market.few]);
});
afterAll(async () => await api.close());

const get = async (path: string) => (await api.call('GET', `/api${path}`)).body;

describe('the probability of a deal', () => {
  it('is explained: base and pushes add up to it, and it says of what it was learned', async () => {
    const { value, low, high, base, facts, basis } = await get(`/deals/${some._id}/probability`);
    expect(facts.map(({ fact }: { fact: string }) => fact)).toEqual([
      'stage',
      'time-in-stage',
      'idle',
      'amount',
      'source',
    ]);
    expect(facts.reduce((sum: number, { push }: { push: number }) => sum + push, base)).toBeCloseTo(value, 10);
    expect([low < value, value < high]).toEqual([true, true]);
    const over = market.many.filter(({ status }) => status !== 'open');
    const won = over.filter(({ status }) => status === 'won').length;
    expect(basis).toMatchObject({ deals: over.length, won, used: 'model' });
    expect(basis.brier).toBeLessThan(basis.plainBrier);
  });

  it('is not there for a deal that is over, or that is not there', async () => {
    const over = market.many.find(({ status }) => status === 'won');
    expect((await api.call('GET', `/api/deals/${over?._id}/probability`)).body).toMatchObject({ code: 'DEAL_CLOSED' });
    expect((await api.call('GET', '/api/deals/nothing/probability')).status).toBe(404);
  });

  it('is on the cards of the board', async () => {
    const { stages } = await get('/pipelines/many/board');
    const cards = stages.flatMap(({ deals }: { deals: { id: string; probability: number }[] }) => deals);
    const { value } = await get(`/deals/${some._id}/probability`);
    expect(cards.length).toBe(market.many.filter(({ status }) => status === 'open').length);
    expect(cards.find(({ id }: { id: string }) => id === some._id).probability).toBeCloseTo(value, 4);
  });
});

describe('the forecast', () => {
  it('has months and owners that add up, with the deals behind', async () => {
    const { months, currencies, deals, timezone, basis } = await get('/forecast?pipeline=many&months=3');
    expect(timezone).toBe('UTC');
    expect(months.map(({ month }: { month: string }) => month)[0]).toBe(new Date().toISOString().slice(0, 7));
    expect([months[0].to, months[1].to]).toEqual([months[1].from, months[2].from]);
    const [{ currency, total, later, owners, ...line }] = currencies;
    expect(currency).toBe('RUB');
    const sum = (cells: { expected: number }[]) => cells.reduce((sum, { expected }) => sum + expected, 0);
    expect(sum([...line.months, later])).toBeCloseTo(total.expected, 2);
    expect(sum(owners.map((owner: { total: { expected: number } }) => owner.total))).toBeCloseTo(total.expected, 2);
    expect(owners.map(({ owner, name }: { owner: string; name?: string }) => [owner, name]).toSorted()).toEqual([
      ['anna', 'Anna'],
      ['boris', undefined],
    ]);
    expect(
      sum(deals.map((deal: { amount: number; probability: number }) => ({ expected: deal.amount * deal.probability }))),
    ).toBeCloseTo(total.expected, 2);
    expect(total.low).toBeLessThan(total.expected);
    expect(basis.judged).toBeGreaterThan(100);
  });

  it('is there without any past, and for a pipeline that is not there it says so', async () => {
    expect(await get('/forecast?pipeline=none')).toMatchObject({
      currencies: [],
      deals: [],
      basis: { deals: 0, used: 'stages' },
    });
    expect((await api.call('GET', '/api/forecast?pipeline=nowhere')).body).toMatchObject({
      code: 'DEFINITION_NOT_FOUND',
    });
    expect((await api.call('GET', '/api/forecast?pipeline=none&months=99')).body).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });

  it('learns of deals that end', async () => {
    const basis = async () => (await get('/forecast?pipeline=few')).basis;
    const before = await basis();
    const [open] = market.few.filter(({ status }) => status === 'open');
    const end = { status: 'won', stage: 'won', closedAt: new Date() };
    const moves = [...(open?.moves ?? []), { at: new Date(), to: 'won', by: 'api' }];
    await Deals.updateOne({ _id: open?._id }, { $set: { ...end, moves } });
    await expect.poll(basis, { timeout: 30_000 }).toMatchObject({ deals: before.deals + 1, won: before.won + 1 });
  });

  it('can be taken away: the file of histories teaches the same', async () => {
    const file = dealFile.parse(await get('/forecast/history?pipeline=many'));
    expect(file.deals.length).toBe(market.many.length);
    const { brier, plainBrier, deals } = fitPipeline(file.deals);
    const { basis } = await get('/forecast?pipeline=many');
    expect(basis).toMatchObject({ brier, plainBrier, deals });
  });
});
