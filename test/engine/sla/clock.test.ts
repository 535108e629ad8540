import { describe, expect, it } from 'vitest';
import { calendar, office } from '../time/calendar.ts';
import { at, Desk, policy, tell } from './desk.ts';

const hours = calendar({ hours: office });
const promises = {
  'first-response': { normal: 'PT4H', urgent: 'PT1H' },
  'next-response': { normal: 'PT8H' },
  resolution: { normal: 'PT18H' },
};
const standard = (rules = {}) => policy({ calendar: 'office', targets: promises, ...rules });
const desk = (created: string, rules = {}) => new Desk(created).open(hours).publish(standard(rules)).start();

describe('the clocks of a ticket', () => {
  it('start with it, outside of hours at the next opening', () => {
    const friday = desk('2026-03-06T20:00Z');
    expect(friday.due('first-response')).toBe('2026-03-09T13:00:00Z');
    expect(friday.due('resolution')).toBe('2026-03-10T18:00:00Z');
    expect(friday.ledger()).toEqual([
      '06 20:00 first-response#1 started: ticket.created',
      '06 20:00 resolution#1 started: ticket.created',
    ]);
  });

  it('are due at closing time when the goal has passed by then, not at the next opening', () => {
    expect(desk('2026-03-02T14:00Z').due('first-response')).toBe('2026-03-02T18:00:00Z');
  });

  it('keep whole seconds, and are never due sooner than promised', () => {
    expect(desk('2026-03-02T10:00:00.300Z').due('first-response')).toBe('2026-03-02T14:00:01Z');
  });

  it('are met by the first public answer of a person, and by nothing else', () => {
    const one = desk('2026-03-02T09:00Z')
      .say('2026-03-02T09:10Z', 'ticket.noted')
      .say('2026-03-02T09:20Z', 'ticket.notified')
      .say('2026-03-02T09:30Z', 'ticket.customer-replied', {}, { auto: true })
      .say('2026-03-02T09:40Z', 'ticket.accepted', { accepted: true });
    expect(one.clock('first-response').status).toBe('running');
    one.say('2026-03-02T10:00Z', 'ticket.agent-replied', { status: 'open' });
    expect(one.clock('first-response')).toMatchObject({ status: 'met', consumed: 3_600_000 });
    expect(one.told()).toEqual(['02 10:00 sla.met first-response']);
  });

  it('count each further question of the customer, from the first message that waits', () => {
    const one = desk('2026-03-02T09:00Z')
      .say('2026-03-02T09:30Z', 'ticket.customer-replied')
      .say('2026-03-02T10:00Z', 'ticket.agent-replied', { status: 'open' });
    expect(one.state.clocks.some(({ target }) => target === 'next-response')).toBe(false);
    one.say('2026-03-02T11:00Z', 'ticket.customer-replied').say('2026-03-02T12:00Z', 'ticket.customer-replied');
    expect(one.due('next-response')).toBe('2026-03-03T10:00:00Z');
    one.say('2026-03-02T13:00Z', 'ticket.agent-replied').say('2026-03-02T14:00Z', 'ticket.customer-replied');
    expect(one.clock('next-response')).toMatchObject({ n: 2, status: 'running', startedAt: at('2026-03-02T14:00Z') });
  });

  it('do not take an autoreply of the customer for a question', () => {
    const one = desk('2026-03-02T09:00Z')
      .say('2026-03-02T10:00Z', 'ticket.agent-replied')
      .say('2026-03-02T11:00Z', 'ticket.customer-replied', {}, { auto: true });
    expect(one.state.clocks.some(({ target }) => target === 'next-response')).toBe(false);
  });

  it('of resolution stand while the ticket waits, and go on with what is left', () => {
    const one = desk('2026-03-02T09:00Z')
      .say('2026-03-02T11:00Z', 'ticket.changed', { status: 'waiting' })
      .say('2026-03-04T12:00Z', 'ticket.changed', { status: 'open' });
    expect(one.clock('first-response').due).toBe(at('2026-03-02T13:00Z'));
    expect(one.due('resolution')).toBe('2026-03-06T10:00:00Z');
  });

  it('breach once, at the due time, however late the worker comes', () => {
    const one = desk('2026-03-02T09:00Z').move({ type: 'due', at: at('2026-03-20T00:00Z') });
    expect(one.told()).toEqual(['02 13:00 sla.breached first-response', '03 18:00 sla.breached resolution']);
    one.say('2026-03-20T09:00Z', 'ticket.agent-replied', { status: 'resolved' }).wait('2026-04-20T00:00Z');
    expect(one.told().slice(2)).toEqual(['20 09:00 sla.met first-response', '20 09:00 sla.met resolution']);
    expect(one.effects.at(-1)?.item).toMatchObject({ data: { late: true, n: 1, policy: 'standard' } });
  });

  it('take an answer at the very due time as in time', () => {
    const one = desk('2026-03-02T09:00Z');
    one.deliver(at('2026-03-02T13:00Z'), at('2026-03-02T13:05Z'), 'ticket.agent-replied', {}).wait('2026-03-02T14:00Z');
    expect(one.clock('first-response').breachedAt).toBeUndefined();
  });

  it('do nothing for events that were taken before, or that are of another ticket', () => {
    const one = desk('2026-03-02T09:00Z').say('2026-03-02T10:00Z', 'ticket.agent-replied');
    const before = one.state;
    const data = { ticket: { ...one.ticket, id: 'ticket-2', status: 'closed' } };
    const event = { id: 'e', name: 'ticket.closed', occurredAt: at('2026-03-02T11:00Z'), seq: 2, data };
    one.move({ type: 'received', at: at('2026-03-02T11:00Z'), event });
    expect(one.state).toEqual(before);
    one.move({ type: 'received', at: at('2026-03-02T11:00Z'), event: { ...event, seq: 9 } });
    expect(one.state).toEqual({ ...before, lastSeq: 9 });
  });

  it('end when the ticket is closed, and are cancelled when it is merged', () => {
    const closed = desk('2026-03-02T09:00Z').say('2026-03-02T10:00Z', 'ticket.closed', { status: 'closed' });
    expect(closed.state).toMatchObject({ status: 'ended', outcome: 'closed' });
    expect(closed.state.clocks.map(({ status }) => status)).toEqual(['cancelled', 'met']);
    const merged = desk('2026-03-02T09:00Z').say('2026-03-02T10:00Z', 'ticket.merged', { status: 'closed' });
    expect(merged.state).toMatchObject({ status: 'ended', outcome: 'merged' });
    expect(merged.state.clocks.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(merged.told()).toEqual([]);
  });
});

describe('escalations', () => {
  const escalations = [
    { id: 'soon', target: 'first-response', at: '75%', steps: [tell] },
    { id: 'now', target: 'first-response', at: '100%', steps: [tell] },
    { id: 'after', target: 'first-response', at: '+PT1H', repeat: { every: 'PT2H', times: 2 }, steps: [tell] },
  ];

  it('come in open time, each once, with their repeats, and are told under their keys', () => {
    const one = desk('2026-03-02T09:00Z', { escalations }).wait('2026-03-20T00:00Z');
    expect(one.told().filter((line) => !line.includes('resolution'))).toEqual([
      '02 12:00 sla.warned first-response',
      '02 12:00 soon/1',
      '02 13:00 sla.breached first-response',
      '02 13:00 now/1',
      '02 14:00 after/1',
      '02 16:00 after/2',
      '02 18:00 after/3',
    ]);
    const started = one.effects.filter(({ name }) => name === 'start-steps');
    expect(started.map(({ key }) => key)).toEqual([
      'clocks/first-response#1/escalation:soon/1',
      'clocks/first-response#1/escalation:now/1',
      'clocks/first-response#1/escalation:after/1',
      'clocks/first-response#1/escalation:after/2',
      'clocks/first-response#1/escalation:after/3',
    ]);
    expect(started[0]?.item).toMatchObject({
      definition: { key: 'standard', part: 'escalation:soon' },
      subject: { kind: 'ticket', id: 'ticket-1' },
      event: 'sla.escalated',
      data: { target: 'first-response', n: 1, point: '75%', count: 1, ticket: { id: 'ticket-1' } },
    });
  });

  it('do not come once the target is met', () => {
    const one = desk('2026-03-02T09:00Z', { escalations })
      .say('2026-03-02T13:30Z', 'ticket.agent-replied')
      .wait('2026-03-20T00:00Z');
    expect(one.told().filter((line) => line.includes('after'))).toEqual([]);
  });

  it('that came are not repeated when a change moves their points', () => {
    const one = desk('2026-03-02T09:00Z', { escalations })
      .say('2026-03-02T12:30Z', 'ticket.noted')
      .publish(standard({ escalations, targets: { 'first-response': { normal: 'PT8H' } } }))
      .say('2026-03-02T12:40Z', 'ticket.reviewed')
      .wait('2026-03-03T18:00Z');
    expect(one.told().filter((line) => line.includes('soon'))).toEqual(['02 12:00 soon/1']);
    expect(one.told()).toContain('02 17:00 now/1');
  });

  it('that failed stand as an incident, and are asked for again under the same key', () => {
    const one = desk('2026-03-02T09:00Z', { escalations });
    const key = 'clocks/first-response#1/escalation:soon/1';
    one.failing.add(key);
    one.wait('2026-03-02T12:00Z');
    expect(one.state.incidents).toMatchObject([{ code: 'FAILED', key }]);
    one.failing.clear();
    one.order('2026-03-02T12:10Z', { do: 'retry', by: 'ann' });
    const asked = one.effects.filter((effect) => effect.key === key);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
    expect(one.state).toMatchObject({ incidents: [], asked: [] });
  });

  it('keep a closed ticket from ending until somebody has looked at what failed', () => {
    const one = desk('2026-03-02T09:00Z', { escalations });
    one.failing.add('clocks/resolution#1/met/1');
    one.say('2026-03-02T10:00Z', 'ticket.closed', { status: 'closed' });
    expect(one.state.status).toBe('running');
    one.order('2026-03-02T11:00Z', { do: 'skip', by: 'ann' });
    expect(one.state).toMatchObject({ status: 'ended', outcome: 'closed' });
  });
});

describe('changes', () => {
  it('of the calendar keep what was consumed under the old one', () => {
    const one = desk('2026-03-02T09:00Z');
    one.say('2026-03-02T11:00Z', 'ticket.noted').open(calendar({ hours: { tue: [{ from: '10:00', to: '20:00' }] } }));
    expect(one.due('first-response')).toBe('2026-03-02T13:00:00Z');
    one.say('2026-03-02T12:00Z', 'ticket.reviewed');
    expect(one.clock('first-response').consumed).toBe(3 * 3_600_000);
    expect(one.due('first-response')).toBe('2026-03-03T11:00:00Z');
    expect(one.ledger().at(-2)).toBe('02 12:00 first-response#1 recalculated: calendar office@3');
  });

  it('to a target that is not promised cancel the clock, and back again it goes on with what it had', () => {
    const one = desk('2026-03-02T09:00Z')
      .say('2026-03-02T10:00Z', 'ticket.changed', { priority: 'low' })
      .say('2026-03-02T12:00Z', 'ticket.changed', { priority: 'urgent' });
    expect(one.clock('first-response')).toMatchObject({
      n: 1,
      status: 'running',
      consumed: 3_600_000,
      goal: 3_600_000,
    });
    expect(one.due('first-response')).toBe('2026-03-02T12:00:00Z');
    one.wait('2026-03-02T12:00Z').say('2026-03-02T13:00Z', 'ticket.changed', { priority: 'low' });
    expect(one.told()).toEqual([
      '02 10:00 sla.cancelled first-response',
      '02 10:00 sla.cancelled resolution',
      '02 12:00 sla.breached first-response',
      '02 13:00 sla.cancelled first-response',
    ]);
    expect(new Set(one.effects.map(({ key }) => key)).size).toBe(4);
  });

  it('that give more time leave a breach a breach, and say so', () => {
    const one = desk('2026-03-02T09:00Z', { targets: { 'first-response': { normal: 'PT1H', low: 'PT8H' } } })
      .wait('2026-03-02T11:00Z')
      .say('2026-03-02T11:00Z', 'ticket.changed', { priority: 'low' });
    expect(one.clock('first-response').breachedAt).toBe(at('2026-03-02T10:00Z'));
    expect(one.due('first-response')).toBe('2026-03-02T17:00:00Z');
    expect(one.ledger().at(-1)).toBe('02 11:00 first-response#1 recalculated: priority low, stays breached');
    one.wait('2026-03-05T00:00Z');
    expect(one.told().filter((line) => line.includes('breached'))).toHaveLength(1);
  });

  it('of policy follow the order, then the key', () => {
    const one = desk('2026-03-02T09:00Z')
      .publish(
        policy({
          key: 'vip',
          order: 5,
          when: 'ticket.topic == "vip"',
          targets: { 'first-response': { normal: 'PT30M' } },
        }),
      )
      .say('2026-03-02T09:10Z', 'ticket.changed', { topic: 'vip' });
    expect(one.state.policy?.key).toBe('vip');
    expect(one.due('first-response')).toBe('2026-03-02T09:30:00Z');
    one.say('2026-03-02T09:20Z', 'ticket.changed', { topic: 'other' });
    expect(one.state.policy?.key).toBe('standard');
    expect(one.clock('first-response').consumed).toBe(20 * 60_000);
  });
});

describe('what cannot be decided', () => {
  it('for want of a calendar waits as an incident, and is decided once it is there', () => {
    const one = new Desk('2026-03-02T09:00Z').publish(standard()).start();
    expect(one.state.clocks).toEqual([]);
    expect(one.state.incidents).toMatchObject([{ code: 'CALENDAR_NOT_FOUND', key: 'clocks/calendar:office' }]);
    one.say('2026-03-02T09:30Z', 'ticket.noted');
    expect(one.state.incidents).toHaveLength(1);
    one.open(hours).order('2026-03-02T10:00Z', { do: 'retry', by: 'ann' });
    expect(one.state.incidents).toEqual([]);
    expect(one.due('first-response')).toBe('2026-03-02T14:00:00Z');
  });

  it('because a condition fails passes the policy over, and says so', () => {
    const odd = policy({ key: 'odd', order: 1, when: 'ticket.subject > 5', targets: promises });
    const one = new Desk('2026-03-02T09:00Z').open(hours).publish(odd).publish(standard()).start();
    expect(one.state.policy?.key).toBe('standard');
    expect(one.timeline.filter(({ kind }) => kind === 'skipped')).toMatchObject([{ detail: { policy: 'odd' } }]);
  });
});

describe('reopening', () => {
  const reopened = (reopening: string) =>
    desk('2026-03-02T09:00Z', { reopening })
      .say('2026-03-02T10:00Z', 'ticket.agent-replied', { status: 'resolved' })
      .say('2026-03-03T09:00Z', 'ticket.customer-replied', { status: 'open', reopened: 1 });

  it('goes on with the consumed time, or begins anew, as the policy says', () => {
    const on = reopened('continue');
    expect(on.clock('resolution')).toMatchObject({ n: 1, status: 'running', consumed: 3_600_000 });
    expect(on.due('resolution')).toBe('2026-03-04T17:00:00Z');
    const anew = reopened('new');
    expect(anew.clock('resolution')).toMatchObject({ n: 2, status: 'running', consumed: 0 });
    expect(anew.due('resolution')).toBe('2026-03-04T18:00:00Z');
  });

  it('tells the second meeting under a key of its own', () => {
    const one = reopened('continue').say('2026-03-03T10:00Z', 'ticket.changed', { status: 'resolved' });
    const keys = one.effects.map(({ key }) => key).filter((key) => key.includes('resolution'));
    expect(keys).toEqual(['clocks/resolution#1/met/1', 'clocks/resolution#1/met/2']);
  });
});

describe('orders', () => {
  it('do not make clocks stand', () => {
    const one = desk('2026-03-02T09:00Z').order('2026-03-02T10:00Z', { do: 'pause', by: 'ann' });
    expect(one.clock('first-response')).toMatchObject({ status: 'running', due: at('2026-03-02T13:00Z') });
  });

  it('cancel', () => {
    const one = desk('2026-03-02T09:00Z').order('2026-03-02T10:00Z', { do: 'cancel', by: 'ann' });
    expect(one.state).toMatchObject({ status: 'ended', outcome: 'cancelled' });
    expect(one.state.clocks.every(({ status }) => status === 'cancelled')).toBe(true);
  });
});
