import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignOwner } from '../../activities/effects/assign-owner.ts';
import { createDeal } from '../../activities/effects/create-deal.ts';
import { createTask } from '../../activities/effects/create-task.ts';
import type { EffectDeps } from '../../activities/effects/effect.ts';
import { moveDeal } from '../../activities/effects/move-deal.ts';
import { updateRecord } from '../../activities/effects/update-record.ts';
import type { EffectItems } from '../../engine/model/effects.ts';
import type { SubjectRef } from '../../engine/model/state.ts';
import { dealSights } from '../../store/deals.ts';
import { newId } from '../../store/id.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Deals } from '../../store/models/deal.ts';
import { Tasks } from '../../store/models/task.ts';
import { saveUser } from '../../store/users.ts';
import { pipeline } from '../delivery/intake/deals/sales.ts';
import { insertContact, publish } from '../support/records.ts';
import { EffectBench } from './bench.ts';

describe('deals', () => {
  let bench: EffectBench;
  let deps: EffectDeps;

  beforeAll(async () => {
    bench = await EffectBench.open();
    deps = bench.deps;
    await publish(pipeline);
    for (const _id of ['anna', 'boris']) {
      await saveUser({ _id, name: _id, role: 'sales', language: 'en', active: true });
    }
  });
  afterAll(() => bench.close());

  /** A deal of somebody new, made by a step. */
  async function made(set: EffectItems['create-deal']['set'] = {}, owner?: string): Promise<SubjectRef> {
    const contactId = await insertContact(newId(), owner === undefined ? {} : { owner });
    const subject = { kind: 'contact' as const, id: contactId, contactId };
    const asked = bench.effect('create-deal', {
      subject,
      pipeline: 'sales',
      title: 'A machine',
      set,
      whenOpen: 'another',
      process: 'p',
    });
    const [outcome] = await createDeal([asked], deps);
    expect(outcome).toMatchObject({ status: 'performed', result: { deal: expect.any(String) } });
    expect(await createDeal([asked], deps)).toEqual([outcome]);
    const [deal, ...others] = await Deals.find({ contactId }).lean();
    expect([others, outcome]).toMatchObject([[], { result: { deal: deal?._id } }]);
    return { kind: 'deal', id: deal?._id ?? '', contactId };
  }

  it('are opened by a step, once, for whoever has the contact unless it is said', async () => {
    const first = await made({ amount: 5, 'attributes.plan': 'gold' }, 'anna');
    expect(await Deals.findById(first.id).lean()).toMatchObject({
      owner: 'anna',
      amount: 5,
      attributes: { plan: 'gold' },
      moves: [{ by: 'instance:i', to: 'new' }],
    });
    const second = await made({ owner: 'boris' }, 'anna');
    expect(await Deals.findById(second.id).lean()).toMatchObject({ owner: 'boris' });
  });

  it('are not opened beside an open one where none is wanted', async () => {
    const first = await made();
    const subject = { kind: 'contact' as const, id: first.contactId, contactId: first.contactId };
    const ask = () =>
      bench.effect('create-deal', {
        subject,
        pipeline: 'sales',
        title: 'Twin',
        set: {},
        whenOpen: 'none',
        process: 'p',
      });
    expect(await createDeal([ask()], deps)).toMatchObject([{ result: { verdict: 'exists', deal: first.id } }]);
    await moveDeal([bench.effect('move-deal', { subject: first, to: 'lost', reason: 'price' })], deps);
    expect(await createDeal([ask()], deps)).toMatchObject([{ result: { verdict: 'opened' } }]);
    expect(await Deals.countDocuments({ contactId: first.contactId })).toBe(2);
  });

  it('get an owner of their own by a step, whoever has the least', async () => {
    const deals = [await made(), await made()];
    const ask = (subject: SubjectRef) => {
      const item = { subject, among: { role: 'sales' }, strategy: 'least-loaded' as const, keep: true };
      return bench.effect('assign-owner', item);
    };
    const before = await Deals.countDocuments({ owner: 'anna' });
    await saveUser({ _id: 'boris', name: 'boris', role: 'other', language: 'en', active: true });
    await assignOwner(deals.map(ask), deps);
    expect(await Deals.countDocuments({ owner: 'anna' })).toBe(before + 2);
    await saveUser({ _id: 'cleo', name: 'cleo', role: 'sales', language: 'en', active: true });
    const third = await made();
    expect(await assignOwner([ask(third)], deps)).toMatchObject([{ result: { user: 'cleo' } }]);
    expect(await Deals.findById(third.id).lean()).toMatchObject({ owner: 'cleo' });
    expect(await Contacts.findById(third.contactId).lean()).not.toHaveProperty('owner');
    await saveUser({ _id: 'boris', name: 'boris', role: 'sales', language: 'en', active: true });
  });

  it('are moved by a step, which learns what a guard refuses', async () => {
    const subject = await made();
    const asked = () => bench.effect('move-deal', { subject, to: 'offer', why: 'It is time.' });
    expect(await moveDeal([asked()], deps)).toMatchObject([
      { status: 'performed', result: { verdict: 'refused', reason: expect.stringContaining('deal.amount missing') } },
    ]);
    await updateRecord([bench.effect('update-record', { subject, set: { amount: 7 } })], deps);
    expect(await moveDeal([asked()], deps)).toMatchObject([{ status: 'performed', result: { verdict: 'moved' } }]);
    expect((await Deals.findById(subject.id).lean())?.moves.at(-1)).toMatchObject({ to: 'offer', why: 'It is time.' });
    const odd = bench.effect('move-deal', { subject, to: 'nowhere' });
    expect(await moveDeal([odd], deps)).toMatchObject([{ status: 'failed', error: { code: 'VALIDATION_FAILED' } }]);
  });

  it('are changed together with their contact by one step, or neither when a value is none', async () => {
    const subject = await made();
    const set = { amount: 9, 'attributes.plan': 'gold', source: 'fair', 'contact.company': 'Ltd', owner: 'boris' };
    await updateRecord([bench.effect('update-record', { subject, set })], deps);
    expect(await Deals.findById(subject.id).lean()).toMatchObject({
      amount: 9,
      attributes: { plan: 'gold' },
      source: 'fair',
      owner: 'boris',
    });
    const contact = await Contacts.findById(subject.contactId).lean();
    expect(contact).toMatchObject({ company: 'Ltd', attributes: {} });
    const wrong = bench.effect('update-record', { subject, set: { amount: 'much' } });
    expect(await updateRecord([wrong], deps)).toMatchObject([
      { status: 'failed', error: { code: 'VALIDATION_FAILED' } },
    ]);
  });

  it('have tasks of their owner, and are busy until these are done', async () => {
    const subject = await made({ owner: 'boris' }, 'anna');
    const item = { subject, title: 'Call', assignee: { owner: true as const }, due: null, process: 'p' };
    await createTask([bench.effect('create-task', item)], deps);
    const [task] = await Tasks.find({ 'subject.id': subject.id }).lean();
    expect(task).toMatchObject({ assignee: 'boris' });
    expect((await dealSights([subject.id])).get(subject.id)).toMatchObject({ openTasks: 1 });
    const later = Date.now() + 3_600_000;
    await bench.does('task', { do: 'done', taskId: task?._id ?? '', by: 'user:boris' }, later);
    expect((await dealSights([subject.id])).get(subject.id)).toMatchObject({ openTasks: 0, activityAt: later });
  });
});
