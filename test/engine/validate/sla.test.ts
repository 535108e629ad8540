import { describe, expect, it } from 'vitest';
import { calendarSchema } from '../../../engine/schema/calendar.ts';
import { slaSchema } from '../../../engine/schema/index.ts';
import { validateDefinition } from '../../../engine/validate/validate.ts';
import { smallLibrary } from './library.ts';

const tell = { id: 'tell', type: 'notify-user', to: { role: 'lead' }, text: 'Look' };
const soon = { id: 'soon', target: 'resolution', at: '75%', steps: [tell] };

function draft(changes = {}) {
  const targets = { resolution: { normal: 'PT8H' } };
  return { kind: 'sla', key: 'standard', name: 'Standard', order: 10, calendar: 'office', targets, ...changes };
}

function library() {
  const library = smallLibrary();
  library.slas.vip = slaSchema.parse(draft({ key: 'vip', order: 1, when: 'ticket.priority == "urgent"' }));
  const special = [{ date: '2026-03-07', hours: [{ from: '10:00', to: '12:00' }] }];
  library.calendars.fair = calendarSchema.parse({
    kind: 'calendar',
    key: 'fair',
    name: 'F',
    timezone: 'UTC',
    hours: {},
    special,
  });
  library.calendars.never = calendarSchema.parse({
    kind: 'calendar',
    key: 'never',
    name: 'N',
    timezone: 'UTC',
    hours: {},
  });
  return library;
}

/** `severity path code suggestion` of every problem. */
function problems(changes = {}): string[] {
  return validateDefinition(draft(changes), library()).problems.map(({ severity, path, code, suggestion }) =>
    [severity, path, code, ...(suggestion === undefined ? [] : [suggestion])].join(' '),
  );
}

describe('an SLA policy', () => {
  it('without a mistake is taken', () => {
    expect(problems()).toEqual([]);
    expect(
      problems({ when: 'ticket.?topic.orValue("") == "x" && contact.score.total > 5', escalations: [soon] }),
    ).toEqual([]);
  });

  it('names calendars, templates and fields that there are, and each of its own things once', () => {
    const send = { id: 'send', type: 'send-message', channel: 'email', template: 'helo' };
    expect(
      problems({
        calendar: 'ofice',
        when: 'ticket.priorty == "high"',
        escalations: [soon, { ...soon, at: '100%', steps: [send, { ...tell, id: 'send' }] }],
      }).sort(),
    ).toEqual([
      'error calendar unknown-calendar office',
      'error escalations[1].id duplicate-id',
      'error escalations[1].steps[0].template unknown-template email/hello',
      'error escalations[1].steps[1].id duplicate-id',
      'error when condition-invalid priority',
    ]);
  });

  it('promises no more than its calendar can ever serve', () => {
    const targets = { resolution: { normal: 'PT2H', low: 'PT3H' } };
    expect(problems({ calendar: 'fair', targets })).toEqual(['error targets.resolution.low goal-unreachable']);
    expect(problems({ calendar: 'never' })).toEqual(['error targets.resolution.normal goal-unreachable']);
  });

  it('means hours where it counts hours', () => {
    expect(problems({ targets: { resolution: { normal: 'P2D' } } })).toEqual([
      'warning targets.resolution.normal open-time PT18H',
    ]);
    expect(problems({ calendar: undefined, targets: { resolution: { normal: 'P2D' } } })).toEqual([]);
    expect(problems({ targets: { resolution: { normal: 'PT0S' } } })).toEqual([
      'error targets.resolution.normal wrong-value',
    ]);
  });

  it('escalates targets that it promises, at points that there are, in their order', () => {
    const at = (id: string, point: string, more = {}) => ({ ...soon, id, at: point, ...more });
    expect(problems({ escalations: [at('a', '75%', { target: 'first-response' })] })).toEqual([
      'error escalations[0].target wrong-value',
    ]);
    expect(problems({ escalations: [at('a', '0%'), at('b', '150%'), at('c', '+PX')] })).toEqual([
      'error escalations[0].at wrong-value',
      'error escalations[1].at wrong-value',
      'error escalations[2].at wrong-value',
    ]);
    expect(problems({ escalations: [at('a', '100%'), at('b', '75%'), at('c', '75%'), at('d', '+PT1H')] })).toEqual([
      'warning escalations[1].at point-order',
      'warning escalations[2].at point-order',
    ]);
    expect(problems({ escalations: [at('a', '75%', { repeat: { every: 'PT0S', times: 2 } })] })).toEqual([
      'error escalations[0].repeat.every wrong-value',
    ]);
  });

  it('is told of the other policies that it meets', () => {
    const overlap = 'warning order policy-overlap';
    expect(problems({ order: 1 })).toEqual([overlap]);
    expect(problems({ order: 0 })).toEqual([overlap]);
    expect(problems({ order: 0, when: 'ticket.topic == "x"' })).toEqual([]);
    expect(problems({ order: 2, when: 'ticket.priority == "urgent"' })).toEqual([overlap]);
  });

  it('is refused while a scenario fails', () => {
    const scenario = (expect: object) => ({
      name: 'late',
      given: { now: '2026-03-02T09:00:00+03:00' },
      events: [{ at: 'PT6H30M', event: 'ticket.resolved' }],
      expect,
    });
    const right = { breached: [], escalated: [{ id: 'soon', after: 'PT6H' }], met: ['resolution'] };
    expect(problems({ escalations: [soon], scenarios: [scenario(right)] })).toEqual([]);
    const wrong = {
      breached: [{ target: 'resolution' }],
      escalated: [{ id: 'soon', after: 'PT5H' }],
      met: ['first-response'],
      due: { resolution: '2026-03-02T15:00:00Z' },
    };
    const { problems: found } = validateDefinition(
      draft({ escalations: [soon], scenarios: [scenario(wrong)] }),
      library(),
    );
    expect(found.map(({ message }) => message)).toEqual([
      'scenario "late": met: first-response was not met',
      'scenario "late": met: resolution was met, not expected',
      'scenario "late": breached: expected resolution; were none',
      'scenario "late": escalated: soon expected after PT5H, at 2026-03-02T11:00:00Z; was at 2026-03-02T12:00:00Z',
      'scenario "late": due: resolution expected at 2026-03-02T15:00:00Z; was at 2026-03-02T14:00:00Z',
    ]);
  });

  it('has scenarios about tickets that it matches', () => {
    const scenarios = [{ name: 'other', given: { ticket: { priority: 'low' } }, expect: {} }];
    expect(problems({ scenarios })).toEqual(['error scenarios[0] scenario-failed']);
  });
});
