import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Deliveries } from '../../store/models/delivery.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { Journal } from '../../store/models/journal.ts';
import { Messages } from '../../store/models/message.ts';
import { Notifications } from '../../store/models/record.ts';
import { Tasks } from '../../store/models/task.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;

beforeAll(async () => {
  api = await apiBench();
  await api.work();
});
afterAll(async () => await api.close());

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 2, 9, 0, seconds));

function instance(id: string, contactId: string, parts: Partial<InstanceDoc> = {}): InstanceDoc {
  return {
    _id: id,
    process: 'welcome',
    definition: { key: 'welcome', version: 1, hash: 'h' },
    subject: { kind: 'contact', id: contactId, contactId },
    contactId,
    entryKey: '',
    trigger: { id: 'e', name: 'lead.created', occurredAt: 0, seq: 1, data: {} },
    vars: {},
    status: 'running',
    at: ['mail'],
    incidents: [],
    startedAt: at(0),
    updatedAt: at(0),
    ...parts,
  };
}

async function contact(email: string, more: object = {}): Promise<{ id: string } & Record<string, unknown>> {
  const { status, body } = await api.call('POST', '/api/contacts', { email, ...more });
  expect(status).toBe(201);
  return body;
}

describe('contacts', () => {
  it('are created, found by beginnings of words, paged and changed', async () => {
    const anna = await contact('anna@one.example', {
      firstName: 'Анна',
      lastName: 'Иванова',
      company: 'Ромашка',
      phone: '89123456780',
    });
    for (let n = 0; n < 5; n += 1) await contact(`page${n}@pages.example`, { company: 'Pages' });
    for (const search of ['анн', 'ИВАН ромаш', 'anna@one', '+7912345678', '7912']) {
      const found = await api.call('GET', `/api/contacts?search=${encodeURIComponent(search)}`);
      expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual([anna.id]);
    }
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await api.call('GET', `/api/contacts?search=pages&limit=2${cursor}`);
      seen.push(...body.items.map(({ email }: { email: string }) => email));
      if (body.next === undefined) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(seen).toEqual([4, 3, 2, 1, 0].map((n) => `page${n}@pages.example`));

    const changed = await api.call('PATCH', `/api/contacts/${anna.id}`, {
      company: null,
      attributes: { plan: 'pro' },
      phone: '+7 912 345-67-81',
      by: 'anna',
    });
    expect(changed).toMatchObject({ status: 200, body: { phone: '+79123456781', attributes: { plan: 'pro' } } });
    expect(changed.body).not.toHaveProperty('company');
  });

  it('refuse an address that is another contact’s', async () => {
    const one = await contact('one@taken.example');
    await contact('two@taken.example');
    const refused = await api.call('PATCH', `/api/contacts/${one.id}`, { email: 'two@taken.example' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect((await api.call('GET', `/api/contacts/${one.id}`)).body).toMatchObject({ email: 'one@taken.example' });
  });

  it('record consent and suppression', async () => {
    const { id } = await contact('consent@example.com');
    const given = await api.call('POST', `/api/contacts/${id}/consent`, {
      channel: 'sms',
      value: 'granted',
      text: 'ok',
      by: 'anna',
    });
    expect(given.body).toMatchObject({ consent: { email: 'unknown', sms: 'granted' } });
    const closed = await api.call('POST', `/api/contacts/${id}/suppression`, { channel: 'email', reason: 'manual' });
    expect(closed.body).toMatchObject({ suppressed: { email: 'manual' } });
    const lifted = await api.call('POST', `/api/contacts/${id}/suppression`, { channel: 'email', reason: null });
    expect(lifted.body.suppressed).toEqual({});
  });

  it('show one timeline of everything, each row once however small the pages', async () => {
    const { id } = await contact('timeline@example.com', { consent: { email: 'granted' } });
    for (let n = 0; n < 6; n += 1) {
      await api.call('POST', '/api/events', {
        contactId: id,
        event: 'page.viewed',
        data: { n },
        occurredAt: at(n).getTime(),
      });
    }
    await api.drain();
    await Instances.create(instance('i-timeline', id));
    const entry = (n: number, kind: 'entered' | 'skipped', detail = {}) => ({
      n,
      at: at(3).getTime(),
      kind,
      step: 'mail',
      detail,
      instance: 'i-timeline',
    });
    await Journal.create({
      _id: 'w/1',
      instances: ['i-timeline', 'other'],
      entries: [
        entry(1, 'entered'),
        entry(2, 'skipped', { reason: 'no-consent' }),
        { ...entry(1, 'entered'), instance: 'other' },
      ],
      at: at(3),
    });
    await Tasks.create({
      _id: 't1',
      subject: { kind: 'contact', id, contactId: id },
      contactId: id,
      title: 'Call',
      status: 'open',
      createdBy: 'api',
      createdAt: at(2),
      updatedAt: at(2),
    });
    const rows: { id: string; at: string; type: string; detail: Record<string, unknown> }[] = [];
    for (let cursor = ''; ; ) {
      const { status, body } = await api.call('GET', `/api/contacts/${id}/timeline?limit=2${cursor}`);
      expect(status).toBe(200);
      rows.push(...body.items);
      if (body.next === undefined) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    expect(rows.map((row) => row.at)).toEqual(
      rows
        .map((row) => row.at)
        .toSorted()
        .reverse(),
    );
    const count = (type: string) => rows.filter((row) => row.type === type).length;
    // contact.created, contact.subscribed, lead.created and six views
    expect([count('event'), count('record'), count('step'), count('task')]).toEqual([9, 1, 2, 1]);
    expect(rows.find((row) => row.detail.reason === 'no-consent')).toMatchObject({ type: 'step', process: 'welcome' });
    const whole = await api.call('GET', `/api/contacts/${id}/timeline?limit=200`);
    expect(whole.body.items).toEqual(rows);
    expect((await api.call('GET', `/api/contacts/${id}/timeline?cursor=nonsense`)).status).toBe(422);
  });

  it('say why nothing was sent', async () => {
    const { id } = await contact('why@example.com');
    await Instances.create(instance('i-why', id, { status: 'ended', outcome: 'done' }));
    await Messages.create({
      _id: 'i-why/mail/1',
      instance: 'i-why',
      process: 'welcome',
      step: 'mail',
      contactId: id,
      channel: 'email',
      purpose: 'marketing',
      template: 'hello',
      to: 'why@example.com',
      language: 'en',
      item: {},
      status: 'skipped',
      skipReason: 'withdrawn',
      notBefore: at(0),
      queuedAt: at(0),
    });
    const { body } = await api.call('GET', `/api/contacts/${id}/why`);
    expect(body).toMatchObject({
      consent: { email: 'unknown' },
      instances: [{ id: 'i-why', status: 'ended', outcome: 'done' }],
      unsent: [{ template: 'hello', status: 'skipped', reason: 'withdrawn' }],
    });
    expect((await api.call('GET', `/api/messages?contact=${id}`)).body.items).toMatchObject([{ id: 'i-why/mail/1' }]);
    expect((await api.call('GET', '/api/messages/i-why/mail/1')).body).toMatchObject({ status: 'skipped' });
  });
});

describe('instances', () => {
  it('are listed, explained and ordered about; orders are numbered upwards', async () => {
    const incident = { code: 'HTTP_FAILED', message: 'no', at: 0, step: 'call', token: 1 };
    await Instances.create(instance('i1', 'c1', { at: ['call'], incidents: [incident] }));
    await Instances.create(instance('i2', 'c1', { status: 'paused' }));
    await Instances.create(instance('i3', 'c1', { status: 'ended', outcome: 'bought' }));
    const list = await api.call('GET', '/api/instances?process=welcome&incident=true');
    expect(list.body.items).toMatchObject([{ id: 'i1', incidents: [{ code: 'HTTP_FAILED', step: 'call' }] }]);
    expect((await api.call('POST', '/api/instances/i1/pause', { by: 'anna' })).status).toBe(202);
    expect((await api.call('POST', '/api/instances/i1/retry')).status).toBe(202);
    expect((await api.call('POST', '/api/instances/i2/resume', { extend: true })).status).toBe(202);
    expect((await api.call('POST', '/api/instances/i1/resume', {})).body).toMatchObject({
      code: 'CONTROL_REFUSED',
      status: 409,
    });
    expect((await api.call('POST', '/api/instances/i3/cancel', {})).body).toMatchObject({
      code: 'INSTANCE_ENDED',
      status: 409,
    });
    expect((await api.call('POST', '/api/instances/none/cancel', {})).status).toBe(404);
    const orders = await Deliveries.find({ instance: 'i1' }).sort({ order: 1 }).lean();
    expect(orders.map(({ control, status }) => [control, status])).toEqual([
      [{ do: 'pause', by: 'anna' }, 'pending'],
      [{ do: 'retry', by: 'api' }, 'pending'],
    ]);
    expect(orders[1]?.order).toBeGreaterThan(orders[0]?.order ?? Number.POSITIVE_INFINITY);
    expect((await api.call('POST', '/api/processes/welcome/retry', { code: 'HTTP_FAILED' })).body).toEqual({
      ordered: 1,
    });
    const why = await api.call('GET', '/api/instances/i1/why');
    expect(why).toMatchObject({ status: 200, body: { instance: { id: 'i1' }, unsent: [] } });
  });

  it('do not show the clocks of tickets among them, unless they are asked for or something is wrong with them', async () => {
    const parts = { process: 'sla', definition: { key: 'sla', version: 1, hash: 'sla' }, at: ['resolution'] };
    const incident = { code: 'CALENDAR_NOT_FOUND', message: 'no', at: 0, step: 'k1/calendar:office', token: 1 };
    await Instances.create(instance('k1', 'c7', { ...parts, incidents: [incident] }));
    await Instances.create(instance('k2', 'c7', parts));
    await Instances.create(instance('k3', 'c7'));
    const ids = async (query: string) => {
      const { body } = await api.call('GET', `/api/instances?${query}`);
      return body.items.map(({ id }: { id: string }) => id).filter((id: string) => id.startsWith('k'));
    };
    expect(await ids('')).toEqual(['k3']);
    expect(await ids('process=sla')).toEqual(['k2', 'k1']);
    expect(await ids('incident=true')).toEqual(['k1']);
    expect((await api.call('GET', '/api/instances/k1/why')).status).toBe(200);
  });
});

describe('notifications', () => {
  it('are read by user and by contact, each once however small the pages', async () => {
    const { id: contactId } = await contact('told@example.com');
    const one = (n: number, user: string) => {
      return { _id: `i/tell/${n}/${user}`, user, contactId, text: { en: `Call ${n}` }, process: 'hot', at: at(n) };
    };
    await Notifications.insertMany([one(1, 'anna'), one(2, 'anna'), one(2, 'boris'), one(3, 'anna')]);
    expect((await api.call('GET', '/api/notifications?user=boris')).body).toEqual({
      items: [{ id: 'i/tell/2/boris', ...one(2, 'boris'), _id: undefined, at: at(2).toISOString() }],
    });
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await api.call('GET', `/api/notifications?contact=${contactId}&limit=1${cursor}`);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      if (body.next === undefined) break;
      cursor = `&cursor=${encodeURIComponent(body.next)}`;
    }
    expect(seen).toEqual(['i/tell/3/anna', 'i/tell/2/boris', 'i/tell/2/anna', 'i/tell/1/anna']);
    expect((await api.call('GET', '/api/notifications?cursor=x')).body).toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
