import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepMail } from '../../delivery/mailbox/mailbox.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';
import { ScoreEntries } from '../../store/models/ledger.ts';
import { insertContact, publish } from '../support/records.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;

beforeAll(async () => {
  api = await apiBench();
});
afterAll(async () => await api.close());

const name = { en: 'Welcome', ru: 'Приветствие' };
const now = new Date(Date.UTC(2026, 2, 2, 9));

function instance(id: string, parts: Partial<InstanceDoc>): InstanceDoc {
  return {
    _id: id,
    process: 'welcome',
    definition: { key: 'welcome', version: 1, hash: 'h' },
    subject: { kind: 'contact', id: 'c', contactId: 'c' },
    contactId: 'c',
    entryKey: '',
    trigger: { id: 'e', name: 'lead.created', occurredAt: 0, seq: 1, data: {} },
    vars: {},
    status: 'running',
    at: ['mail'],
    incidents: [],
    startedAt: now,
    updatedAt: now,
    ...parts,
  };
}

it('lists processes with their totals and counts incidents by step', async () => {
  await publish({
    kind: 'process',
    key: 'welcome',
    name,
    description: 'Greets.',
    triggers: [{ on: 'api' }],
    steps: [{ id: 'end', type: 'end', outcome: 'done' }],
  });
  const incident = (step: string) => ({ code: 'HTTP_FAILED', message: 'no', at: 0, step, token: 1 });
  await Instances.create([
    instance('i1', { at: ['mail'], incidents: [incident('mail')] }),
    instance('i2', { at: ['mail', 'call'], incidents: [incident('mail'), incident('call')] }),
    instance('i3', { at: ['rest'] }),
    instance('i4', { status: 'ended', at: [], outcome: 'done' }),
    instance('i5', { process: 'other', status: 'ended', at: [], outcome: 'done' }),
  ]);
  const list = await api.call('GET', '/api/processes');
  expect(list.body.items).toMatchObject([
    {
      key: 'welcome',
      name,
      description: 'Greets.',
      live: { version: 1 },
      enabled: true,
      hasDraft: false,
      statuses: { running: 3, ended: 1 },
      incidents: 2,
    },
  ]);
  const { body } = await api.call('GET', '/api/processes/welcome/counts');
  expect(body).toEqual({
    steps: { mail: 2, call: 1, rest: 1 },
    statuses: { running: 3, ended: 1 },
    outcomes: { done: 1 },
    incidents: 2,
    incidentSteps: { mail: 2, call: 1 },
  });
});

it('gives one kind of the timeline alone, points with their half-life', async () => {
  await insertContact('c');
  const points = { contactId: 'c', axis: 'engagement' as const, rule: 'visit', reason: 'Visited', at: now };
  await ScoreEntries.create([
    { ...points, _id: 's1', points: 5, halfLife: 'P30D' },
    { ...points, _id: 's2', points: 2 },
  ]);
  const { body } = await api.call('GET', '/api/contacts/c/timeline?type=score');
  expect(body.items.map(({ detail }: { detail: unknown }) => detail)).toEqual([
    { axis: 'engagement', points: 2, reason: 'Visited' },
    { axis: 'engagement', points: 5, reason: 'Visited', halfLife: 'P30D' },
  ]);
  expect((await api.call('GET', '/api/contacts/c/timeline?type=task')).body.items).toEqual([]);
  expect((await api.call('GET', '/api/contacts/c/timeline?type=nonsense')).status).toBe(422);
});

it('searches the mailbox by a part of the recipient, taken literally', async () => {
  const mail = { kind: 'email' as const, from: '', subject: '', text: '', receivedAt: now };
  await keepMail([
    { ...mail, _id: 'm1', to: ['Anna.Petrova@example.com'] },
    { ...mail, _id: 'm2', to: ['annaXpetrova@example.com', 'other@example.com'] },
    { ...mail, _id: 'm3', kind: 'sms', to: ['+79123456789'] },
  ]);
  const found = async (to: string) =>
    (await api.call('GET', `/api/mailbox?to=${encodeURIComponent(to)}`)).body.items.map(({ id }: { id: string }) => id);
  expect(await found('anna.petrova')).toEqual(['m1']);
  expect(await found('OTHER@')).toEqual(['m2']);
  expect(await found('+7912')).toEqual(['m3']);
  expect(await found('.*')).toEqual([]);
});
