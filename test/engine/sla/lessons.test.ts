import { describe, expect, it } from 'vitest';
import { emptyLibrary } from '../../../engine/library.ts';
import { advance } from '../../../engine/process/advance.ts';
import { startInstance } from '../../../engine/process/start.ts';
import { slaSchema } from '../../../engine/schema/index.ts';
import { escalationProcess } from '../../../engine/sla/escalation.ts';
import { validateDefinition } from '../../../engine/validate/validate.ts';
import { calendar, nineToSix, office } from '../time/calendar.ts';
import { at, Desk, policy, tell } from './desk.ts';

const hours = calendar({ hours: office });
const promises = {
  'first-response': { normal: 'PT4H' },
  'next-response': { normal: 'PT4H' },
  resolution: { normal: 'PT18H' },
};

function desk(created: string, rules = {}, open = hours): Desk {
  return new Desk(created)
    .open(open)
    .publish(policy({ calendar: 'office', targets: promises, ...rules }))
    .start();
}

/** Each is a defect of another help desk, told in its tracker. */
describe('bugs of peers', () => {
  it('chatwoot#10178: a resolved ticket is not breached later', () => {
    const one = desk('2026-03-02T09:00Z')
      .say('2026-03-02T10:00Z', 'ticket.changed', { status: 'resolved' })
      .say('2026-03-02T10:00Z', 'ticket.resolved')
      .wait('2026-04-02T00:00Z');
    expect(one.told()).toEqual(['02 10:00 sla.met resolution']);
    expect(one.clock('first-response')).toMatchObject({ status: 'paused', due: null });
  });

  it('chatwoot PR#15024: a reopened ticket has the time that was left, and no breach for the time it was resolved', () => {
    const one = desk('2026-03-02T09:00Z')
      .say('2026-03-02T10:00Z', 'ticket.agent-replied', { status: 'resolved' })
      .say('2026-03-20T09:00Z', 'ticket.customer-replied', { status: 'open', reopened: 1 })
      .wait('2026-03-20T12:00Z');
    expect(one.told().filter((line) => line.includes('breached'))).toEqual([]);
    expect(one.due('resolution')).toBe('2026-03-23T17:00:00Z');
    expect(one.due('next-response')).toBe('2026-03-20T13:00:00Z');
  });

  it('chatwoot PR#13392: nights and weekends do not run a clock down', () => {
    const one = desk('2026-03-06T17:00Z').wait('2026-03-09T11:59Z');
    expect(one.told()).toEqual([]);
    one.wait('2026-03-09T12:00Z');
    expect(one.told()).toEqual(['09 12:00 sla.breached first-response']);
  });

  it('SuiteCRM#10656: hours count in the zone of the calendar, holidays and special days with them', () => {
    const open = calendar({
      timezone: 'Asia/Kathmandu',
      hours: office,
      holidays: [{ date: '2026-03-03' }],
      special: [{ date: '2026-03-07', hours: [{ from: '10:00', to: '12:00' }] }],
    });
    // 17:00 in Kathmandu is 11:15 UTC: an hour on Monday, none on Tuesday, three more on Wednesday.
    expect(desk('2026-03-02T11:15Z', {}, open).due('first-response')).toBe('2026-03-04T06:15:00Z');
    // Friday's last hour, two on the special Saturday, one on Monday.
    expect(desk('2026-03-06T11:15Z', {}, open).due('first-response')).toBe('2026-03-09T04:15:00Z');
  });

  it('chatwoot#5254: a shift past midnight is open on both sides of it', () => {
    const night = calendar({ hours: { mon: [{ from: '22:00', to: '06:00' }] } });
    expect(desk('2026-03-02T23:00Z', {}, night).due('first-response')).toBe('2026-03-03T03:00:00Z');
    expect(desk('2026-03-03T04:00Z', {}, night).due('first-response')).toBe('2026-03-10T00:00:00Z');
  });

  it('chatwoot#14009: the break between two shifts does not count', () => {
    const shifts = [
      { from: '09:00', to: '12:00' },
      { from: '14:00', to: '18:00' },
    ];
    const split = calendar({ hours: { mon: shifts, tue: shifts } });
    const one = desk('2026-03-02T10:00Z', {}, split);
    expect(one.due('first-response')).toBe('2026-03-02T16:00:00Z');
    one.say('2026-03-02T13:00Z', 'ticket.noted');
    expect(one.due('first-response')).toBe('2026-03-02T16:00:00Z');
  });

  it('zammad#3140: nothing escalates after the reply', () => {
    const escalations = [
      { id: 'soon', target: 'first-response', at: '75%', steps: [tell] },
      { id: 'late', target: 'first-response', at: '+PT1H', repeat: { every: 'PT1H', times: 5 }, steps: [tell] },
    ];
    const one = desk('2026-03-02T09:00Z', { escalations })
      .say('2026-03-02T11:59Z', 'ticket.agent-replied', { status: 'waiting' })
      .wait('2026-04-02T00:00Z');
    expect(one.told()).toEqual(['02 11:59 sla.met first-response']);
  });

  it('zammad#5624: a ticket that moves to a team without a promise takes no clock along', () => {
    const one = new Desk('2026-03-02T09:00Z', { team: 'support' })
      .open(hours)
      .publish(policy({ calendar: 'office', when: 'ticket.?team.orValue("") == "support"', targets: promises }))
      .start()
      .say('2026-03-02T10:00Z', 'ticket.changed', { team: 'accounting' })
      .wait('2026-04-02T00:00Z');
    expect(one.told()).toEqual(['02 10:00 sla.cancelled first-response', '02 10:00 sla.cancelled resolution']);
    expect(one.state.policy).toBeUndefined();
    expect(one.state.clocks.map(({ status, due, wake }) => [status, due === null, wake])).toEqual([
      ['cancelled', false, null],
      ['cancelled', false, null],
    ]);
    one.say('2026-04-02T09:00Z', 'ticket.changed', { team: 'support' });
    expect(one.clock('first-response')).toMatchObject({ n: 1, status: 'running', consumed: 3_600_000 });
  });

  it('zammad#5177 and #4432: hours up to midnight, and round the clock, end at midnight and lose no minute', () => {
    const late = calendar({ hours: { mon: [{ from: '20:00', to: '24:00' }], tue: [{ from: '00:00', to: '02:00' }] } });
    expect(desk('2026-03-02T20:00Z', {}, late).due('first-response')).toBe('2026-03-03T00:00:00Z');
    expect(desk('2026-03-02T22:00Z', {}, late).due('first-response')).toBe('2026-03-03T02:00:00Z');
    const always = [{ from: '00:00', to: '24:00' as const }];
    const round = calendar({
      hours: { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always },
    });
    expect(desk('2026-03-02T22:30Z', {}, round).due('resolution')).toBe('2026-03-03T16:30:00Z');
  });

  it('glpi#15605: time that a clock stood stays uncounted when the policy changes', () => {
    const one = desk('2026-03-02T09:00Z')
      .say('2026-03-02T10:00Z', 'ticket.changed', { status: 'waiting' })
      .say('2026-03-04T10:00Z', 'ticket.changed', { status: 'open' })
      .publish(policy({ calendar: 'office', targets: { resolution: { normal: 'PT9H' } } }))
      .say('2026-03-04T11:00Z', 'ticket.reviewed');
    expect(one.clock('resolution').consumed).toBe(2 * 3_600_000);
    expect(one.due('resolution')).toBe('2026-03-04T18:00:00Z');
    one
      .say('2026-03-04T12:00Z', 'ticket.changed', { status: 'on-hold' })
      .publish(policy({ calendar: 'office', targets: { resolution: { normal: 'PT10H' } } }))
      .say('2026-03-06T12:00Z', 'ticket.reviewed')
      .say('2026-03-06T13:00Z', 'ticket.changed', { status: 'open' });
    expect(one.clock('resolution').consumed).toBe(3 * 3_600_000);
    expect(one.due('resolution')).toBe('2026-03-09T11:00:00Z');
  });

  it('open-mercato#2293: every escalation that is accepted at publication is carried out, all its steps', () => {
    const json = {
      kind: 'sla',
      key: 'standard',
      name: 'Standard',
      order: 1,
      targets: { resolution: { normal: 'PT1H' } },
      escalations: [
        {
          id: 'up',
          target: 'resolution',
          at: '100%',
          steps: [
            { id: 'note', type: 'notify-user', to: { role: 'lead' }, text: 'Late' },
            { id: 'pause', type: 'wait', for: 'PT30M' },
            { id: 'again', type: 'notify-user', to: { role: 'head' }, text: 'Later: {{trigger.target}}' },
          ],
        },
      ],
    };
    expect(validateDefinition(json, emptyLibrary()).problems).toEqual([]);
    const sla = slaSchema.parse(json);
    const one = new Desk('2026-03-02T09:00Z').publish(sla).start().wait('2026-03-02T10:00Z');
    const [start] = one.effects.filter((effect) => effect.name === 'start-steps');
    if (start === undefined) throw new Error('nothing was started');
    const { definition, subject, event, data } = start.item;
    const process = escalationProcess(sla, definition, definition.part?.split(':')[1] ?? '');
    const trigger = { id: 'x', name: event, occurredAt: at('2026-03-02T10:00Z'), seq: 5, data };
    const state = startInstance({ id: 'i', process, definition, subject, trigger, now: trigger.occurredAt, seed: 1 });
    const { policy: company, calendars } = emptyLibrary();
    const context = { contact: one.context().contact, calendars, policy: company, ticket: {} };
    const first = advance(process, state, { type: 'started', at: trigger.occurredAt }, context, trigger.occurredAt);
    expect(first.effects.map(({ name }) => name)).toEqual(['notify-user']);
    const answer = { type: 'performed' as const, at: trigger.occurredAt, key: 'i/note/1', result: {} };
    const second = advance(process, first.state, answer, context, trigger.occurredAt);
    expect(second.deadline).toBe(at('2026-03-02T10:30Z'));
    const third = advance(
      process,
      second.state,
      { type: 'due', at: second.deadline ?? 0 },
      context,
      second.deadline ?? 0,
    );
    expect(third.effects[0]?.item).toMatchObject({ text: 'Later: resolution' });
    const met = { ticket: { ...one.ticket }, target: 'resolution', n: 1 };
    const other = { id: 'y', name: 'sla.met', occurredAt: at('2026-03-02T10:10Z'), seq: 6, data: { ...met, n: 2 } };
    const passed = { type: 'received' as const, at: other.occurredAt };
    expect(advance(process, second.state, { ...passed, event: other }, context, 0).outcome).toBeUndefined();
    const own = { ...other, seq: 7, data: met };
    expect(advance(process, second.state, { ...passed, event: own }, context, 0).outcome).toBe('met');
  });

  it('camunda#11302: what repeats comes once each time, also over a change of the clock and after a standstill', () => {
    const zone = calendar({ timezone: 'America/New_York', hours: { sun: nineToSix, ...office, sat: nineToSix } });
    const escalations = [
      { id: 'daily', target: 'first-response', at: '100%', repeat: { every: 'PT9H', times: 3 }, steps: [tell] },
    ];
    // The clocks of New York go forward in the night to 8 March 2026: nine o'clock moves from 14:00 to 13:00 UTC.
    const one = desk('2026-03-06T14:00Z', { escalations, targets: { 'first-response': { normal: 'PT9H' } } }, zone);
    for (const _repeated of [1, 2, 3]) one.move({ type: 'due', at: at('2026-03-20T00:00Z') });
    expect(one.told().filter((line) => line.includes('daily'))).toEqual([
      '06 23:00 daily/1',
      '07 23:00 daily/2',
      '08 22:00 daily/3',
      '09 22:00 daily/4',
    ]);
  });
});
