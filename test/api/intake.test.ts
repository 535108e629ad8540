import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { itemsOf } from '../../store/intake.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Events } from '../../store/models/event.ts';
import { Intake } from '../../store/models/intake.ts';
import { ContactRecords } from '../../store/models/record.ts';
import { publish } from '../delivery/intake/bench.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;

beforeAll(async () => {
  api = await apiBench({ formsPerMinute: 6 });
});
afterAll(async () => await api.close());
beforeEach(async () => {
  for (const model of [Contacts, Events, Intake, ContactRecords]) await model.collection.deleteMany({});
  const limits = await api.queues.redis.keys(`${api.environment.redisPrefix}:forms*`);
  if (limits.length > 0) await api.queues.redis.del(...limits);
});

describe('POST /api/leads', () => {
  it('is answered when it is in the store, and applied after', async () => {
    const { status, body } = await api.call('POST', '/api/leads', { email: 'anna@example.com', firstName: 'Anna' });
    expect(status).toBe(202);
    const stored = await Intake.findById(body.id).lean();
    expect(stored).toMatchObject({ status: 'pending' });
    expect(JSON.parse(stored?.items ?? '')).toMatchObject([{ kind: 'lead' }]);
    await api.drain();
    expect(await Contacts.find().lean()).toMatchObject([{ email: 'anna@example.com', firstName: 'Anna' }]);
    expect((await api.call('GET', `/api/intake/${body.id}`)).body).toMatchObject({ status: 'done', problems: [] });
  });

  it('makes one lead of a hundred concurrent requests under one key, all answered alike', async () => {
    const lead = { email: 'anna@example.com', phone: '8 (912) 345-67-89' };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => api.call('POST', '/api/leads', lead, { 'idempotency-key': 'one' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await Intake.countDocuments()).toBe(1);
    await api.drain();
    expect(await Contacts.countDocuments()).toBe(1);
    expect(await Events.countDocuments({ name: 'lead.created' })).toBe(1);
  });

  it('refuses a key that was used for another body, and takes the same body in another order', async () => {
    const headers = { 'idempotency-key': 'two' };
    const first = await api.call('POST', '/api/leads', { email: 'a@example.com', company: 'A' }, headers);
    const same = await api.call('POST', '/api/leads', { company: 'A', email: 'a@example.com' }, headers);
    expect(same).toMatchObject({ status: 202, body: first.body });
    const other = await api.call('POST', '/api/leads', { email: 'b@example.com' }, headers);
    expect(other).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    const otherRoute = await api.call('POST', '/api/events', { email: 'b@example.com', event: 'page.viewed' }, headers);
    expect(otherRoute.status).toBe(202);
  });

  it('names every wrong field', async () => {
    const { status, headers, body } = await api.call('POST', '/api/leads', {
      email: 'nonsense',
      language: 'de',
      extra: 1,
    });
    expect(status).toBe(422);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', status: 422, type: 'urn:voronka:error:VALIDATION_FAILED' });
    expect(body.problems.map(({ path }: { path: string }) => path).sort()).toEqual([
      'body',
      'body.email',
      'body.language',
    ]);
    expect(body.instance).toBe(headers.get('x-request-id'));
    expect(await Intake.countDocuments()).toBe(0);
  });
});

describe('POST /api/events', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ email: `p${n % 50}@example.com`, event: 'page.viewed', data: { n } }));

  it('takes one, and a thousand at once in one document', async () => {
    expect((await api.call('POST', '/api/events', { email: 'p0@example.com', event: 'page.viewed' })).status).toBe(202);
    expect((await api.call('POST', '/api/events', { events: many(1000) })).status).toBe(202);
    expect(await Intake.countDocuments()).toBe(2);
    await api.drain();
    expect(await Events.countDocuments({ name: 'page.viewed' })).toBe(1001);
    const one = await Events.find({ name: 'page.viewed', 'data.n': { $mod: [50, 7] } })
      .sort({ seq: 1 })
      .lean();
    expect(one.map(({ data }) => data.n)).toEqual(Array.from({ length: 20 }, (_, n) => 7 + 50 * n));
  });

  it('takes nothing when one of a thousand is wrong, and says which', async () => {
    const events: object[] = many(1000);
    events[417] = { email: 'p@example.com', event: 'Not A Name' };
    const { status, body } = await api.call('POST', '/api/events', { events });
    expect(status).toBe(422);
    expect(body.problems).toMatchObject([{ path: 'body.events[417].event' }]);
    expect(await Intake.countDocuments()).toBe(0);
  });

  it.each([
    [{ events: [] }],
    [{ events: many(1001) }],
    [{ event: 'page.viewed' }],
    [{ email: 'a@example.com', event: 'message.opened' }],
    [{ email: 'a@example.com', event: 'page.viewed', occurredAt: 'yesterday' }],
    [[]],
    [null],
    ['text'],
  ])('refuses %j', async (body) => {
    expect((await api.call('POST', '/api/events', JSON.stringify(body))).status).toBe(422);
    expect(await Intake.countDocuments()).toBe(0);
  });

  it('keeps the rest when one request holds what the store cannot', async () => {
    const good = Array.from({ length: 20 }, (_, n) =>
      api.call('POST', '/api/events', { email: `g${n}@example.com`, event: 'page.viewed' }),
    );
    const bad = api.call('POST', '/api/events', {
      email: 'b@example.com',
      event: 'page.viewed',
      data: { 'a\u0000b': 1 },
    });
    expect((await Promise.all(good)).map(({ status }) => status)).toEqual(Array(20).fill(202));
    expect((await bad).status).toBe(422);
    expect((await Intake.find().lean()).flatMap(itemsOf)).toHaveLength(20);
  });

  it('stores those together that come together, and answers for each by itself', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => {
        const who = n === 60 ? { contactId: 'nobody' } : { email: `t${n}@example.com` };
        return api.call('POST', '/api/events', { ...who, event: 'page.viewed' });
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const ids: string[] = answers.map(({ body }) => body.id);
    const stored = await Intake.find().lean();
    expect(stored.length).toBeLessThan(60);
    expect(
      stored
        .flatMap(itemsOf)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ids].sort());
    const receipt = async (id?: string) => (await api.call('GET', `/api/intake/${id}`)).body;
    expect(await receipt(ids[7])).toMatchObject({ id: ids[7], status: 'pending', applied: 0 });
    await api.drain();
    expect(await receipt(ids[7])).toMatchObject({ id: ids[7], status: 'done', applied: 1, problems: [] });
    expect(await receipt(ids[60])).toMatchObject({
      id: ids[60],
      status: 'failed',
      problems: [{ item: ids[60], code: 'NOT_FOUND' }],
    });
    expect(await Events.countDocuments({ name: 'page.viewed' })).toBe(99);
    expect((await api.call('GET', `/api/intake/${ids[7]?.split('.')[0]}.1000`)).status).toBe(404);
  });

  it('takes ISO times and epoch milliseconds for when it happened', async () => {
    const at = Date.now() - 3_600_000;
    await api.call('POST', '/api/events', { email: 'a@example.com', event: 'page.viewed', occurredAt: at });
    await api.call('POST', '/api/events', {
      email: 'a@example.com',
      event: 'page.viewed',
      occurredAt: new Date(at + 1).toISOString(),
    });
    await api.drain();
    const events = await Events.find({ name: 'page.viewed' }).sort({ seq: 1 }).lean();
    expect(events.map(({ occurredAt }) => occurredAt.getTime())).toEqual([at, at + 1]);
  });
});

describe('POST /api/forms/:key/submissions', () => {
  beforeAll(async () => {
    await publish({
      kind: 'form',
      key: 'website',
      name: 'Website',
      fields: [
        { name: 'email', label: 'Email', type: 'email', required: true, maps: 'email' },
        { name: 'name', label: 'Name', type: 'text', maps: 'firstName', maxLength: 20 },
        { name: 'budget', label: 'Budget', type: 'number', maps: 'attributes.budget' },
        { name: 'topic', label: 'Topic', type: 'choice', choices: ['sales', 'support'] },
      ],
      consents: [{ channel: 'email', text: 'Send me news' }],
      thanks: { en: 'Thank you', ru: 'Спасибо' },
    });
  });
  const path = '/api/forms/website/submissions';
  const open = { authorization: '' };

  it('needs no key, answers any origin, fills the contact and keeps the consent with its text', async () => {
    const body = {
      email: 'anna@example.com',
      name: 'Anna',
      budget: '1500,5',
      topic: 'sales',
      consents: { email: true },
    };
    const answer = await api.call('POST', path, body, open);
    expect(answer).toMatchObject({ status: 202, body: { thanks: { ru: 'Спасибо' } } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    await api.drain();
    expect(await Contacts.find().lean()).toMatchObject([
      { firstName: 'Anna', attributes: { budget: 1500.5 }, consent: { email: 'granted', sms: 'unknown' } },
    ]);
    expect(await ContactRecords.find({ kind: 'consent' }).lean()).toMatchObject([
      { detail: { channel: 'email', value: 'granted', by: 'form:website', text: '"Send me news"' } },
    ]);
    const names = (await Events.find().sort({ seq: 1 }).lean()).map(({ name }) => name);
    expect(names).toEqual(['contact.created', 'contact.subscribed', 'lead.created', 'form.submitted']);
    const submitted = await Events.findOne({ name: 'form.submitted' }).lean();
    expect(submitted?.data).toMatchObject({ form: 'website', topic: 'sales', budget: 1500.5 });
  });

  it('thanks who fills the bait, and takes nothing in', async () => {
    const answer = await api.call('POST', path, { email: 'bot@example.com', website: 'http://spam' }, open);
    expect(answer).toMatchObject({ status: 202, body: { thanks: { en: 'Thank you' } } });
    expect(await Intake.countDocuments()).toBe(0);
  });

  it('names every wrong field, and an unknown form', async () => {
    const { status, body } = await api.call(
      'POST',
      path,
      { name: 'x'.repeat(30), topic: 'other', budget: 'much' },
      open,
    );
    expect(status).toBe(422);
    expect(body.problems.map((problem: { path: string }) => problem.path).sort()).toEqual([
      'body.budget',
      'body.email',
      'body.name',
      'body.topic',
    ]);
    expect((await api.call('POST', '/api/forms/none/submissions', {}, open)).status).toBe(404);
  });

  it('is limited by address, and says for how long', async () => {
    const answers = [];
    for (let n = 0; n < 8; n += 1) answers.push(await api.call('POST', path, { email: `r${n}@example.com` }, open));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 202, 429, 429]);
    const last = answers.at(-1);
    expect(last?.body).toMatchObject({ code: 'RATE_LIMITED' });
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await Intake.countDocuments()).toBe(6);
  });
});
