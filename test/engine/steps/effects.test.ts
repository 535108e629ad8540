import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { end, Journey, type JourneyOptions, monday, processOf } from '../process/journey.ts';

const begin = (step: JsonObject, options?: JourneyOptions) =>
  Journey.begin(processOf([{ id: 's', ...step }, end('over'), end('other')]), options);
const item = (step: JsonObject, options?: JourneyOptions) => begin(step, options).effects[0]?.item;
const subject = { kind: 'contact', id: 'anna', contactId: 'anna' };

describe('update-record', () => {
  it('sets values written down and computed', () => {
    const set = {
      company: 'ACME',
      'attributes.orders': { cel: 'contact.attributes.orders + 1' },
      'attributes.tags': ['a'],
    };
    const options = { contact: { attributes: { orders: 2 } } };
    expect(item({ type: 'update-record', set }, options)).toEqual({
      subject,
      set: { company: 'ACME', 'attributes.orders': 3, 'attributes.tags': ['a'] },
    });
  });

  it('refuses fields that no process may write', () => {
    expect(() => begin({ type: 'update-record', set: { id: 'x' } })).toThrow(/name a field/);
    expect(() => begin({ type: 'update-record', set: {} })).toThrow(/at least one/);
  });

  it('is an incident where a value cannot be computed', () => {
    const journey = begin({ type: 'update-record', set: { company: { cel: 'trigger.company' } } });
    expect(journey.state.tokens[0]?.phase).toBe('incident');
    expect(journey.effects).toEqual([]);
  });
});

describe('adjust-score and segments', () => {
  it('name axis, points and reason', () => {
    expect(item({ type: 'adjust-score', points: -5 })).toEqual({
      contactId: 'anna',
      axis: 'engagement',
      points: -5,
      reason: 'journey/s',
    });
    expect(item({ type: 'adjust-score', axis: 'fit', points: 5, reason: 'VIP' })).toMatchObject({
      axis: 'fit',
      reason: 'VIP',
    });
  });

  it('add and remove a member', () => {
    expect(item({ type: 'add-to-segment', segment: 'vip' })).toEqual({
      contactId: 'anna',
      segment: 'vip',
      change: 'add',
    });
    expect(item({ type: 'remove-from-segment', segment: 'vip' })).toEqual({
      contactId: 'anna',
      segment: 'vip',
      change: 'remove',
    });
  });
});

describe('notify-user and create-task', () => {
  it('fill the pieces of their texts', () => {
    const text = { en: 'Call {{contact.firstName}}', ru: 'Позвонить: {{contact.firstName}}' };
    const options = { contact: { firstName: 'Anna' } };
    expect(item({ type: 'notify-user', to: { role: 'sales' }, text }, options)).toEqual({
      to: { role: 'sales' },
      subject,
      text: { en: 'Call Anna', ru: 'Позвонить: Anna' },
      process: 'journey',
    });
    expect(
      item(
        { type: 'create-task', title: 'Call {{contact.firstName}}', assignee: { owner: true }, due: 'PT2H' },
        options,
      ),
    ).toEqual({
      subject,
      title: 'Call Anna',
      assignee: { owner: true },
      due: monday + 7_200_000,
      process: 'journey',
    });
  });
});

describe('assign-owner', () => {
  const step = { type: 'assign-owner', among: { role: 'sales' }, next: { assigned: 'over', nobody: 'other' } };

  it('goes by assigned or nobody, as the answer says', () => {
    expect(item(step)).toEqual({ subject, among: { role: 'sales' }, strategy: 'round-robin', keep: true });
    expect(begin(step).performed({ user: 'ivan' }).last.outcome).toBe('over');
    expect(begin(step).performed({ user: null }).last.outcome).toBe('other');
  });
});

describe('start-process', () => {
  it('hands over data and says who asked', () => {
    const step = {
      type: 'start-process',
      process: 'callback',
      data: { source: 'cart', total: { cel: 'trigger.total' } },
    };
    expect(item(step, { trigger: { total: 5 } })).toEqual({
      process: 'callback',
      subject,
      data: { source: 'cart', total: 5 },
      by: 'journey',
    });
  });
});

describe('http-request', () => {
  const step = {
    type: 'http-request',
    method: 'POST',
    url: 'https://example.com/orders/{{trigger.orderId}}',
    body: { id: '{{trigger.orderId}}', list: ['{{1 + 1}}', 3] },
    into: 'answer',
    next: { ok: 'over', failed: 'other' },
  };

  it('fills url, headers and body', () => {
    expect(item({ ...step, headers: { 'X-Who': '{{contact.id}}' } }, { trigger: { orderId: 'a1' } })).toEqual({
      method: 'POST',
      url: 'https://example.com/orders/a1',
      headers: { 'X-Who': 'anna' },
      body: { id: 'a1', list: ['2', 3] },
      timeout: 10_000,
    });
  });

  it('keeps the answer in vars and goes by its status', () => {
    const options = { trigger: { orderId: 'a1' } };
    const ok = begin(step, options).performed({ status: 201, body: { n: 1 } });
    expect(ok.last.outcome).toBe('over');
    expect(ok.state.vars).toEqual({ answer: { status: 201, body: { n: 1 } } });
    expect(begin(step, options).performed({ status: 404, body: null }).last.outcome).toBe('other');
    expect(begin(step, options).performed({}).last.outcome).toBe('other');
  });
});

describe('branch', () => {
  it('takes the first case that holds, else else, and keeps what it read', () => {
    const cases = [
      { name: 'big', when: 'trigger.total > 100' },
      { name: 'some', when: 'trigger.total > 10' },
    ];
    const step = { type: 'branch', cases, next: { big: 'over', some: 'other' } };
    expect(begin(step, { trigger: { total: 500 } }).last.outcome).toBe('over');
    const some = begin(step, { trigger: { total: 50 } });
    expect(some.last.outcome).toBe('other');
    expect(some.timeline.find(({ kind }) => kind === 'left')?.detail).toEqual({
      exit: 'some',
      when: 'trigger.total > 10',
      read: { 'trigger.total': 50 },
    });
    expect(begin(step, { trigger: { total: 5 } }).last.outcome).toBe('over');
  });
});

describe('end', () => {
  it('has the outcome completed where none is named; so has the end of the list', () => {
    expect(Journey.begin(processOf([{ id: 'e', type: 'end' }])).last.outcome).toBe('completed');
    expect(Journey.begin(processOf([{ id: 'p', type: 'wait', for: 'PT0S' }])).last.outcome).toBe('completed');
  });
});
