import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import { loadLibrary } from '../../library/load.ts';
import { newId } from '../../store/id.ts';
import { type DealDoc, Deals } from '../../store/models/deal.ts';
import { Events } from '../../store/models/event.ts';
import { Instances } from '../../store/models/instance.ts';
import { Notifications } from '../../store/models/record.ts';
import { saveUser } from '../../store/users.ts';
import { insertContact, publish } from '../support/records.ts';
import { Stage } from './stage.ts';

/** Monday 2026-03-02, 12:00 in Moscow. */
const noon = Date.parse('2026-03-02T12:00:00+03:00');
const minute = 60_000;
const day = 1_440 * minute;

describe('the shipped pipeline on Temporal', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
    const { library } = loadLibrary(join(packageRoot));
    const { pipelines, calendars, processes, policy } = library;
    for (const one of [...Object.values(calendars), policy, pipelines.b2b, processes['lead-to-deal']])
      await publish(one);
    for (const [_id, role] of [
      ['ivan', 'sales'],
      ['vera', 'sales-lead'],
    ] as const) {
      await saveUser({ _id, name: _id, role, language: 'ru', active: true });
    }
    await stage.beginAt(noon);
  });
  afterAll(() => stage.close());

  /** A lead who turned hot, and has its deal. */
  async function hotLead(at: number, fields: Parameters<typeof insertContact>[1]) {
    const id = await insertContact(newId(), { owner: 'ivan', email: `${at}@example.com`, ...fields });
    const tell = async (event: string, data: object, when: number) => {
      await stage.sleepUntil(when);
      await stage.submit('event', { contactId: id, event, data }, when);
    };
    await tell('score.class-changed', { from: 'warm', to: 'hot' }, at);
    await stage.sleepUntil(at + 11 * minute);
    const deal = async () => {
      const doc = await Deals.findOne({ contactId: id }).lean<DealDoc>();
      if (doc === null) throw new Error('there is no deal');
      return doc;
    };
    return { id, tell, deal };
  }

  it('takes a deal from the hot lead to won by events alone', async () => {
    const { tell, deal } = await hotLead(noon, { attributes: { budget: 500_000 }, company: 'Ltd' });
    expect(await deal()).toMatchObject({ title: 'Ltd', amount: 500_000, owner: 'ivan', stage: 'qualified' });
    const begin = noon + 60 * minute;
    await tell('proposal.sent', {}, begin);
    await tell('proposal.clicked', {}, begin + 10 * minute);
    await tell('contract.signed', {}, begin + 20 * minute);
    const { _id: dealId } = await deal();
    await tell('payment.received', { dealId, amount: 100 }, begin + 30 * minute);
    expect(await deal()).toMatchObject({ stage: 'payment', received: { RUB: 100 } });
    await tell('payment.received', { dealId, amount: 499_900 }, begin + 40 * minute);
    const won = await deal();
    expect(won).toMatchObject({ status: 'won', closedFrom: 'payment', closedAt: new Date(begin + 40 * minute) });
    expect(won.moves.map(({ to, move, by }) => [to, move ?? by.split(':')[0]])).toEqual([
      ['new', 'instance'],
      ['qualified', 'taken'],
      ['proposal', 'proposal-sent'],
      ['contract', 'proposal-clicked'],
      ['payment', 'contract-signed'],
      ['won', 'paid'],
    ]);
    await stage.settle();
    const stays = await Instances.find({ 'subject.id': won._id }).sort({ _id: 1 }).lean();
    expect(stays.map(({ definition, status, outcome }) => [definition.part, status, outcome])).toEqual([
      ['stage:new', 'ended', 'moved'],
      ['stage:qualified', 'ended', 'moved'],
      ['stage:proposal', 'ended', 'moved'],
      ['stage:contract', 'ended', 'moved'],
    ]);
  });

  it('says why a deal may not go on, and to the head of sales that it stands still', async () => {
    const at = noon + 3 * 60 * minute;
    const { tell, deal } = await hotLead(at, { company: 'Poor' });
    await tell('proposal.sent', {}, at + 60 * minute);
    const { _id, stage: where } = await deal();
    expect(where).toBe('qualified');
    expect(await Events.find({ name: 'deal.move-refused', 'data.deal.id': _id }).lean()).toMatchObject([
      { data: { move: 'proposal-sent', refused: [{ guard: 'amount', missing: ['deal.amount'] }] } },
    ]);
    const heard = () => Notifications.find({ user: 'vera', process: 'b2b/qualified' }).lean();
    // 45 open hours from Monday 15:00 on, over a weekend and Monday the 9th, a holiday: Tuesday of the next week at 15:00.
    await stage.sleepUntil(at + 8 * day - 5 * minute);
    expect(await heard()).toEqual([]);
    await stage.sleepUntil(at + 8 * day + 5 * minute);
    await stage.settle();
    expect(await heard()).toMatchObject([{ text: { en: 'No proposal for Poor in a working week.' } }]);
  });
});
