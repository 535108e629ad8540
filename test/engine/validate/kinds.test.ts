import { describe, expect, it } from 'vitest';
import { processSchema } from '../../../engine/schema/index.ts';
import { validateDefinition } from '../../../engine/validate/validate.ts';
import { draft, smallLibrary } from './library.ts';

/** `path code suggestion` of every problem. */
function problems(json: unknown): string[] {
  return validateDefinition(json, smallLibrary()).problems.map(({ path, code, suggestion }) =>
    [path, code, suggestion].filter((part) => part !== undefined).join(' '),
  );
}

const head = { key: 'one', name: 'One' };

describe('the other kinds', () => {
  it('must be named', () => {
    expect(problems([])).toEqual([' wrong-type']);
    expect(problems({ ...head })).toEqual(['kind unknown-kind']);
    expect(problems({ ...head, kind: 'proces' })).toEqual(['kind unknown-kind process']);
  });

  it('scoring: rule ids, groups, conditions, and what a rule counts', () => {
    const rule = { id: 'opened', axis: 'engagement', event: 'message.opened', points: 1 };
    const rules = [
      rule,
      { ...rule, group: 'mial' },
      { id: 'fit', axis: 'fit', points: 5, when: 'event.total > 5' },
      { id: 'empty', axis: 'fit', points: 5 },
      { id: 'zero', axis: 'fit', points: 0, when: 'true' },
    ];
    const scoring = { ...head, kind: 'scoring', rules, groups: { mail: { cap: 10 } }, classes: { warm: 20, hot: 10 } };
    expect(problems(scoring).sort()).toEqual([
      'classes.hot wrong-value',
      'rules[1].group unknown-group mail',
      'rules[1].id duplicate-id',
      'rules[2].when condition-invalid',
      'rules[3] missing-key',
      'rules[4].points wrong-value',
    ]);
    expect(problems({ ...scoring, rules: [rule], classes: { warm: 10, hot: 20 } })).toEqual([]);
  });

  it('segment: aggregates in conditions, and the field of a sum', () => {
    const segment = {
      ...head,
      kind: 'segment',
      when: 'stats.ordres > 1',
      aggregates: {
        orders: { event: 'order.placed', of: 'count', field: 'total' },
        spent: { event: 'order.placed', of: 'sum' },
      },
    };
    expect(problems(segment).sort()).toEqual([
      'aggregates.orders.field wrong-value',
      'aggregates.spent.field missing-key',
      'when condition-invalid orders',
    ]);
  });

  it('calendar: at least one open hour', () => {
    const calendar = { ...head, kind: 'calendar', timezone: 'Europe/Moscow', hours: { mon: [] } };
    expect(problems(calendar)).toEqual(['hours never-open']);
    expect(problems({ ...calendar, timezone: 'Moscow', hours: { mon: [{ from: '9', to: '18:00' }] } })).toEqual([
      'timezone wrong-value',
      'hours.mon[0].from wrong-value',
    ]);
  });

  it('calendar: days that there are', () => {
    const hours = { mon: [{ from: '09:00', to: '18:00' }] };
    const on = (date: string) =>
      problems({ ...head, kind: 'calendar', timezone: 'Europe/Moscow', hours, holidays: [{ date }] });
    for (const date of ['01-31', '02-29', '04-30', '2028-02-29']) expect(on(date)).toEqual([]);
    for (const date of ['02-30', '04-31', '13-01', '00-10', '2027-02-29']) {
      expect(on(date)).toEqual(['holidays[0].date wrong-value']);
    }
  });

  it('contact policy: windows that processes still send in', () => {
    const library = smallLibrary();
    const body = draft({ settings: { sendWindow: 'daytime' } });
    const step = { id: 'late', type: 'send-message', channel: 'email', template: 'hello', sendWindow: 'evening' };
    library.processes.funnel = processSchema.parse({ ...body, steps: [step] });
    const window = { days: ['mon'], from: '10:00', to: '18:00' };
    const policy = {
      ...head,
      kind: 'contact-policy',
      company: { name: 'Company', timezone: 'UTC', language: 'en', from: 'a@example.com' },
      caps: [],
    };
    const said = (sendWindows: object) => validateDefinition({ ...policy, sendWindows }, library).problems;
    expect(said({ daytime: window, evening: window })).toEqual([]);
    expect(said({ daytimes: window }).map(({ code, severity, suggestion }) => [code, severity, suggestion])).toEqual([
      ['unknown-send-window', 'warning', 'daytimes'],
      ['unknown-send-window', 'warning', undefined],
    ]);
  });

  it('contact policy: windows that have a length', () => {
    const policy = {
      ...head,
      kind: 'contact-policy',
      company: { name: 'Company', timezone: 'UTC', language: 'en', from: 'a@example.com' },
      caps: [],
      quietHours: { from: '21:00', to: '21:00' },
    };
    expect(problems(policy)).toEqual(['quietHours.to wrong-value']);
  });

  it('form: names, choices, mapped fields, and a way to recognise people', () => {
    const fields = [
      { name: 'name', label: 'Name', type: 'text', maps: 'fristName' },
      { name: 'name', label: 'Topic', type: 'choice', maps: 'topic' },
    ];
    expect(problems({ ...head, kind: 'form', fields }).sort()).toEqual([
      'fields missing-key',
      'fields[0].maps unknown-field firstName',
      'fields[1].choices missing-key',
      'fields[1].maps unknown-field attributes.topic',
      'fields[1].name duplicate-id',
    ]);
  });
});
