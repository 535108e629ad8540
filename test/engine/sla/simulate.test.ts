import { describe, expect, it } from 'vitest';
import { libraryOf } from '../../../engine/library.ts';
import { simulateSla } from '../../../engine/sla/simulate.ts';
import { calendar, office } from '../time/calendar.ts';
import { later, policy } from './desk.ts';

const library = libraryOf([calendar({ hours: office })]);

/** `time line` of a played story. */
function play(rules: Parameters<typeof policy>[0]): string[] {
  const sla = policy({ calendar: 'office', ...rules });
  const [scenario] = sla.scenarios;
  if (scenario === undefined) throw new Error('no scenario');
  return simulateSla(sla, library, scenario).story.map((line) => {
    const time = new Date(line.at).toISOString().slice(11, 16);
    if (line.what === 'event') return `${time} ${line.name}`;
    if (line.what === 'clock') return `${time} ${line.target} ${line.change}`;
    return `${time} ${line.escalation}.${line.step} ${line.kind}`;
  });
}

describe('a played policy', () => {
  it('runs the steps of its escalations, and what they change counts', () => {
    const story = play({
      targets: { 'first-response': { normal: 'PT4H', urgent: 'PT1H' }, resolution: { normal: 'PT9H', urgent: 'PT6H' } },
      escalations: [
        {
          id: 'raise',
          target: 'first-response',
          at: '50%',
          steps: [
            { id: 'wait', type: 'wait', for: 'PT30M' },
            { id: 'urgent', type: 'update-record', set: { priority: 'urgent' } },
          ],
        },
      ],
      scenarios: [{ name: 'late', events: [{ at: 'PT3H', event: 'ticket.agent-replied' }], until: 'PT8H', expect: {} }],
    });
    expect(story).toEqual([
      '09:00 first-response started',
      '09:00 resolution started',
      '11:00 first-response warned',
      '11:00 raise.wait entered',
      '11:00 raise.wait waiting',
      '11:30 raise.wait left',
      '11:30 raise.urgent entered',
      '11:30 raise.urgent performed',
      '11:30 ticket.changed',
      '11:30 first-response recalculated',
      '11:30 resolution recalculated',
      '11:30 first-response breached',
      '12:00 ticket.agent-replied',
      '12:00 first-response met',
      '12:00 ticket.changed',
      '15:00 resolution breached',
    ]);
  });

  it('ends an escalation under way as soon as its clock is met', () => {
    const story = play({
      targets: { 'first-response': { normal: 'PT1H' } },
      escalations: [later],
      scenarios: [{ name: 'x', events: [{ at: 'PT2H', event: 'ticket.agent-replied' }], until: 'PT8H', expect: {} }],
    });
    expect(story.some((line) => line.includes('up.tell'))).toBe(false);
    expect(story).toContain('10:00 up.wait entered');
  });

  it('ends one as soon as nothing is promised any more, and begins it no second time', () => {
    const story = play({
      targets: { 'first-response': { high: 'PT1H', urgent: 'PT1H' } },
      escalations: [later],
      scenarios: [
        {
          name: 'x',
          given: { ticket: { priority: 'high' } },
          events: [
            { at: 'PT2H', event: 'ticket.changed', set: { priority: 'low' } },
            { at: 'PT3H', event: 'ticket.changed', set: { priority: 'urgent' } },
          ],
          until: 'PT8H',
          expect: {},
        },
      ],
    });
    expect(story).toEqual([
      '09:00 first-response started',
      '10:00 first-response breached',
      '10:00 first-response escalated',
      '10:00 up.wait entered',
      '10:00 up.wait waiting',
      '11:00 ticket.changed',
      '11:00 first-response cancelled',
      '12:00 ticket.changed',
      '12:00 first-response resumed',
    ]);
  });
});
