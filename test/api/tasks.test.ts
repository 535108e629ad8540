import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../store/id.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Deals } from '../../store/models/deal.ts';
import { Tasks } from '../../store/models/task.ts';
import { saveUser } from '../../store/users.ts';
import { pipeline } from '../delivery/intake/deals/sales.ts';
import { insertContact, publish } from '../support/records.ts';
import { type ApiBench, acting, apiBench } from './bench.ts';

let api: ApiBench;
let contactId = '';
const anna = { 'X-Voronka-User': 'anna' };
const act = acting(() => api, '/api/tasks', anna);
const day = 24 * 3_600_000;

beforeAll(async () => {
  api = await apiBench();
  for (const _id of ['anna', 'boris']) {
    await saveUser({ _id, name: _id, role: 'sales', language: 'en', active: true });
  }
  await publish(pipeline);
  await api.work();
});
afterAll(async () => await api.close());
beforeEach(async () => {
  for (const model of [Contacts, Deals, Tasks]) await model.collection.deleteMany({});
  contactId = await insertContact(newId(), { firstName: 'Vera', lastName: 'Orlova' });
});

async function open(parts: object = {}): Promise<{ id: string }> {
  const { status, body } = await act('POST', '', { contactId, title: 'Call back', assignee: 'anna', ...parts });
  expect([status, body]).toMatchObject([200, { title: 'Call back', status: 'open' }]);
  return body;
}

describe('a task', () => {
  it('is made, shown with what it is about, changed, done with an outcome and reopened', async () => {
    const opened = await acting(() => api, '/api/deals', anna)('POST', '', {
      contactId,
      pipeline: 'sales',
      title: 'Boat',
    });
    const dealId = opened.body.id;
    const outcomes = [{ key: 'reached', name: { en: 'Reached', ru: 'Дозвонились' } }];
    const due = '2030-03-04T12:00:00.000Z';
    const made = await open({ contactId: undefined, dealId, outcomes, due, remindAt: '2030-03-04T14:00:00+03:00' });
    expect(made).toMatchObject({
      contact: { id: contactId, name: 'Vera Orlova' },
      deal: { id: dealId, number: 1, title: 'Boat' },
      ...{ assignee: 'anna', due, remindAt: '2030-03-04T11:00:00.000Z', outcomes, createdBy: 'user:anna' },
    });
    expect((await api.call('GET', `/api/tasks/${made.id}`)).body).toEqual(made);
    const later = await act('PATCH', made.id, { due: '2030-03-05T12:00:00Z', assignee: 'boris' });
    expect(later.body).toMatchObject({ assignee: 'boris', remindAt: '2030-03-05T11:00:00.000Z' });
    const done = await act('POST', `${made.id}/done`, { outcome: 'reached', comment: 'He buys.' });
    expect(done.body).toMatchObject({ status: 'done', outcome: 'reached', comment: 'He buys.', closedBy: 'user:anna' });
    expect((await act('POST', `${made.id}/done`, { outcome: 'reached' })).body).toEqual(done.body);
    const reopened = await act('POST', `${made.id}/reopen`);
    expect(reopened.body).toMatchObject({ status: 'open' });
    expect(reopened.body.outcome).toBeUndefined();
    expect((await act('POST', `${made.id}/cancel`, { comment: 'Too late.' }, {})).body).toMatchObject({
      ...{ status: 'cancelled', closedBy: 'api', comment: 'Too late.' },
    });
  });

  it.each([
    ['POST', '', { title: 'x' }, 422, 'VALIDATION_FAILED'],
    ['POST', '', { title: 'x', contactId: 'c', dealId: 'd' }, 422, 'VALIDATION_FAILED'],
    ['POST', '', { title: 'x', contactId: 'none' }, 404, 'NOT_FOUND'],
    ['POST', 'none/done', {}, 404, 'NOT_FOUND'],
    ['PATCH', 'known', { assignee: 'stranger' }, 422, 'USER_NOT_FOUND'],
    ['PATCH', 'known', { due: 'tomorrow' }, 422, 'VALIDATION_FAILED'],
    ['POST', 'known/done', { outcome: 'unheard' }, 422, 'VALIDATION_FAILED'],
    ['POST', 'closed/done', {}, 409, 'TASK_CLOSED'],
  ])('refuses %s %s %j', async (method, path, body, status, code) => {
    const known = await open();
    const closed = await open();
    await act('POST', `${closed.id}/cancel`);
    const real = path.replace('known', known.id).replace('closed', closed.id);
    const answer = await act(method, real, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is made once under one Idempotency-Key', async () => {
    const headers = { ...anna, 'Idempotency-Key': newId() };
    const body = { contactId, title: 'Once' };
    const answers = await Promise.all([1, 2, 3].map(() => act('POST', '', body, headers)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await Tasks.countDocuments()).toBe(1);
  });
});

describe('the list', () => {
  it('filters, and gives each task once however small the pages', async () => {
    for (const assignee of ['anna', 'boris', 'anna', 'anna']) await open({ assignee });
    const ids: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await api.call(
        'GET',
        `/api/tasks?assignee=anna&status=open&contact=${contactId}&limit=2${cursor}`,
      );
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      if (body.next === undefined) break;
      cursor = `&cursor=${encodeURIComponent(body.next)}`;
    }
    const all = await Tasks.find({ assignee: 'anna' }).sort({ createdAt: -1, _id: -1 }).lean();
    expect(ids).toEqual(all.map(({ _id }) => _id));
    expect((await api.call('GET', '/api/tasks?deal=none')).body.items).toEqual([]);
  });
});

describe('a day', () => {
  it('has what is late, of today, of tomorrow and later, by the zone, and what the role may take', async () => {
    const now = Date.now();
    const iso = (at: number) => new Date(at).toISOString();
    const titles = async (user: string) => {
      const { body } = await api.call('GET', `/api/day?user=${user}&zone=Asia/Tokyo`);
      const { user: whose, date, ...lists } = body;
      const tokyo = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(now);
      expect([whose, date]).toEqual([user, tokyo]);
      return Object.fromEntries(
        Object.entries<{ description: string }[]>(lists).map(([name, tasks]) => [
          name,
          tasks.map((one) => one.description),
        ]),
      );
    };
    const midnight = Date.parse(
      `${new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(now)}T00:00:00+09:00`,
    );
    await open({ description: 'late', due: iso(now - 1_000) });
    await open({ description: 'last moment', due: iso(midnight + day - 1) });
    await open({ description: 'tomorrow', due: iso(midnight + day) });
    await open({ description: 'later', due: iso(midnight + 2 * day) });
    await open({ description: 'whenever' });
    await open({ description: 'of the role', assignee: undefined, role: 'sales' });
    await open({ description: 'of others', assignee: undefined, role: 'support' });
    const { id } = await open({ description: 'done', assignee: 'boris' });
    await act('POST', `${id}/done`);
    expect(await titles('anna')).toEqual({
      overdue: ['late'],
      today: ['last moment'],
      tomorrow: ['tomorrow'],
      later: ['later'],
      undated: ['whenever'],
      forRole: ['of the role'],
      doneToday: ['done'],
    });
    expect(await titles('boris')).toMatchObject({ overdue: [], undated: [], forRole: ['of the role'], doneToday: [] });
    expect((await api.call('GET', '/api/day?user=nobody')).body.code).toBe('USER_NOT_FOUND');
    expect((await api.call('GET', '/api/day?user=anna&zone=Mars/Olympus')).status).toBe(422);
  });
});
