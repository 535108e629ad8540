import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertContact, publish } from '../support/records.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;
beforeAll(async () => {
  api = await apiBench();
  await publish({
    kind: 'calendar',
    key: 'office',
    name: 'Office',
    timezone: 'UTC',
    hours: { mon: [{ from: '09:00', to: '18:00' }] },
  });
});
afterAll(() => api.close());

const put = (key: string, more: object = {}) =>
  api.call('PUT', `/api/users/${key}`, { name: key, role: 'agent', ...more });
const day = (n: number) => `2026-03-0${n}T00:00:00.000Z`;

describe('users', () => {
  it('have a team, skills, a capacity, hours and absences, and are set whole', async () => {
    await put('dora');
    const absences = [{ from: day(2), until: day(4), deputy: 'dora' }];
    const whole = { team: 'billing', skills: ['refunds'], capacity: 5, calendar: 'office', absences };
    expect((await put('anna', whole)).body).toEqual({
      ...whole,
      key: 'anna',
      name: 'anna',
      role: 'agent',
      language: 'en',
      active: true,
    });
    expect((await put('anna')).body).toEqual({
      key: 'anna',
      name: 'anna',
      role: 'agent',
      language: 'en',
      active: true,
      skills: [],
      absences: [],
    });
  });

  it('are refused with the field and the cure', async () => {
    const refused = async (more: object) => {
      const { status, body } = await put('anna', more);
      return [status, ...body.problems.map(({ path, message }: Record<string, string>) => `${path}: ${message}`)];
    };
    expect(await refused({ calendar: 'ofice' })).toEqual([
      422,
      'body.calendar: there is no published calendar "ofice": publish it first, or name one of office',
    ]);
    const twice = [
      { from: day(2), until: day(4) },
      { from: day(3), until: day(5) },
    ];
    expect(await refused({ absences: twice })).toEqual([
      422,
      `body.absences[1].from: overlaps the absence from ${day(2)} to ${day(4)}: take that one back first, or choose other times`,
    ]);
    expect(await refused({ absences: [{ from: day(4), until: day(2) }] })).toEqual([
      422,
      'body.absences[0].until: end the absence after it begins',
    ]);
    expect(await refused({ absences: [{ from: day(2), until: day(3), deputy: 'ghost' }] })).toEqual([
      422,
      'body.absences[0].deputy: there is no user "ghost": create them first',
    ]);
    expect(await refused({ absences: [{ from: day(2), until: day(3), deputy: 'anna' }] })).toEqual([
      422,
      'body.absences[0].deputy: nobody stands in for themselves: name another user',
    ]);
  });

  it('go away and come back by routes of their own', async () => {
    await put('boris');
    const add = (from: number, until: number) =>
      api.call('POST', '/api/users/boris/absences', { from: day(from), until: day(until) });
    expect((await add(2, 4)).body.absences).toEqual([{ from: day(2), until: day(4) }]);
    expect((await add(4, 5)).body.absences).toHaveLength(2);
    expect((await add(3, 5)).status).toBe(422);
    const remove = (from: string) => api.call('DELETE', `/api/users/boris/absences/${encodeURIComponent(from)}`);
    expect((await remove('2026-03-02T03:00:00+03:00')).body.absences).toEqual([{ from: day(4), until: day(5) }]);
    expect((await remove(day(2))).status).toBe(404);
    expect((await api.call('POST', '/api/users/ghost/absences', { from: day(2), until: day(3) })).status).toBe(404);
  });

  it('never end up away twice at a time, when two say so at once', async () => {
    await put('cleo');
    const add = () => api.call('POST', '/api/users/cleo/absences', { from: day(2), until: day(4) });
    const statuses = (await Promise.all([add(), add(), add()])).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    const { items } = (await api.call('GET', '/api/users')).body;
    expect(items.find(({ key }: { key: string }) => key === 'cleo').absences).toHaveLength(1);
  });

  it('tell what somebody has open', async () => {
    await put('olga', { capacity: 7 });
    await insertContact('hers', { owner: 'olga' });
    expect((await api.call('GET', '/api/users/olga/load')).body).toEqual({
      tickets: 0,
      tasks: 0,
      contacts: 1,
      capacity: 7,
    });
    expect((await api.call('GET', '/api/users/ghost/load')).status).toBe(404);
  });
});
