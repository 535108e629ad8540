import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../engine/model/clock.ts';
import { Clocks } from '../../store/models/clock.ts';
import { Tickets } from '../../store/models/ticket.ts';
import { saveUser } from '../../store/users.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;
const ids: string[] = [];
const minute = 60_000;
const now = Date.now();

beforeAll(async () => {
  api = await apiBench();
  await saveUser({ _id: 'anna', name: 'Anna', role: 'agent', language: 'en', active: true });
  for (let n = 1; n <= 6; n += 1) ids.push(await open(n));
  await api.drain();
  const [, second, third, fourth, fifth] = ids;
  await clocks(second, now + 30 * minute, false);
  await clocks(third, now - 5 * minute, true);
  await clocks(fourth, now + 5 * minute, false);
  await Tickets.updateOne({ _id: fifth }, { $set: { status: 'closed' } });
});
afterAll(async () => await api.close());

/** Ticket n belongs to customer n; odd ones are about billing, the first is Anna's. */
async function open(n: number): Promise<string> {
  const { body } = await api.call('POST', '/api/tickets', {
    email: `customer-${n}@example.com`,
    firstName: n === 2 ? 'Ольга' : `Name${n}`,
    subject: `Parcel ${n === 4 ? 'torn' : 'lost'}`,
    text: 'Help!',
    ...(n % 2 === 1 && { topic: 'billing' }),
    ...(n === 1 && { assignee: 'anna', priority: 'urgent', team: 'first-line' }),
  });
  return body.id;
}

async function clocks(_id: string | undefined, due: number, breached: boolean): Promise<void> {
  const clock: Clock = {
    target: 'first-response',
    n: 1,
    status: 'running',
    startedAt: now - 60 * minute,
    policy: { key: 'standard', version: 1, hash: 'p' },
    priority: 'normal',
    goal: 60 * minute,
    consumed: 0,
    since: now - 60 * minute,
    due,
    ...(breached && { breachedAt: due }),
    points: [],
    wake: null,
    fired: {},
    met: 0,
  };
  const next = breached ? {} : { due: new Date(due) };
  await Clocks.create({ _id, instance: 'i', clocks: [clock], ledger: [], breached, ...next, updatedAt: new Date(now) });
}

/** Which of the tickets a query answers, in order. */
async function found(query: string): Promise<number[]> {
  const { status, body } = await api.call('GET', `/api/tickets?${query}`);
  expect(status).toBe(200);
  return body.items.map(({ id }: { id: string }) => ids.indexOf(id) + 1);
}

describe('the list of tickets', () => {
  it.each([
    ['status=closed', [5]],
    ['status=active&topic=billing', [1, 3]],
    ['status=new,closed&topic=billing', [1, 3, 5]],
    ['assignee=anna', [1]],
    ['assignee=&topic=billing', [3, 5]],
    ['team=first-line', [1]],
    ['priority=urgent', [1]],
    ['breached=true', [3]],
    ['breached=false&topic=billing', [1, 5]],
    ['dueWithin=10', [4]],
    ['dueWithin=60', [2, 4]],
    ['search=torn', [4]],
    ['search=parc%20оль', [2]],
    ['search=%236', [6]],
    ['search=customer-3@', [3]],
    ['search=nothing', []],
  ])('filters by %s', async (query, expected) => {
    expect((await found(query)).sort()).toEqual(expected);
  });

  it('is one contact’s', async () => {
    const { body } = await api.call('GET', `/api/tickets/${ids[1]}`);
    expect(await found(`contact=${body.contactId}`)).toEqual([2]);
  });

  it('has open ones by what is due, broken promises first and those without one last', async () => {
    expect((await found('sort=due')).slice(0, 3)).toEqual([3, 4, 2]);
    expect((await found('sort=due')).slice(3).sort()).toEqual([1, 6]);
    const { body } = await api.call('GET', '/api/tickets?sort=due&limit=1');
    expect(body.items).toMatchObject([
      {
        contactName: 'Name3',
        breached: true,
        clocks: [
          {
            target: 'first-response',
            status: 'running',
            goal: 60 * minute,
            due: new Date(now - 5 * minute).toISOString(),
          },
        ],
      },
    ]);
  });

  it.each([
    ['sort=due', [1, 2, 3, 4, 6]],
    ['sort=updated', [1, 2, 3, 4, 5, 6]],
    ['breached=false', [1, 2, 4, 5, 6]],
  ])('has each once, however small the pages, with %s', async (query, expected) => {
    const seen: number[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const path = `/api/tickets?${query}&limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const { body } = await api.call('GET', path);
      seen.push(...body.items.map(({ id }: { id: string }) => ids.indexOf(id) + 1));
      cursor = body.next;
    }
    expect(seen.sort()).toEqual(expected);
  });

  it.each(['status=odd', 'priority=odd', 'sort=odd', 'limit=0', 'cursor=odd', 'dueWithin=0', 'breached=odd'])(
    'refuses %s',
    async (query) => {
      expect((await api.call('GET', `/api/tickets?${query}`)).body).toMatchObject({ code: 'VALIDATION_FAILED' });
    },
  );

  it('answers 202 when the writer does not come within two seconds, and applies it later', async () => {
    const answer = await api.call('PATCH', `/api/tickets/${ids[5]}`, { priority: 'low' });
    expect(answer).toMatchObject({ status: 202, body: { id: expect.any(String) } });
    expect((await api.call('GET', `/api/intake/${answer.body.id}`)).body).toMatchObject({ status: 'pending' });
    await api.drain();
    expect((await api.call('GET', `/api/tickets/${ids[5]}`)).body).toMatchObject({ priority: 'low' });
  });

  it('says how a due time comes about, also before the first clock', async () => {
    expect((await api.call('GET', `/api/tickets/${ids[0]}/sla`)).body).toEqual({
      clocks: [],
      ledger: [],
      derivation: [],
    });
    const due = now + 30 * minute;
    const line = { at: now - 60 * minute, target: 'first-response', n: 1, change: 'started', status: 'running' };
    const entry = {
      ...line,
      why: 'ticket.created',
      by: 'customer',
      consumed: 0,
      goal: 60 * minute,
      due,
      policy: 'standard@1',
    };
    await Clocks.updateOne({ _id: ids[1] }, { $set: { ledger: [entry] } });
    expect((await api.call('GET', `/api/tickets/${ids[1]}/sla`)).body).toMatchObject({
      clocks: [{ target: 'first-response', n: 1, status: 'running', due: new Date(due).toISOString() }],
      ledger: [{ change: 'started', why: 'ticket.created', policy: 'standard@1', at: new Date(line.at).toISOString() }],
      derivation: [{ target: 'first-response', n: 1, lines: [{ change: 'started', before: 0, status: 'running' }] }],
    });
  });
});
