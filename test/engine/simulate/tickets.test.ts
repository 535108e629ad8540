import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { emptyLibrary } from '../../../engine/library.ts';
import { processSchema } from '../../../engine/schema/index.ts';
import { checkRun } from '../../../engine/simulate/check.ts';
import { simulate } from '../../../engine/simulate/simulate.ts';

/** Plays the only scenario of a process that tickets go through. */
function played(steps: JsonObject[], scenario: JsonObject) {
  const process = processSchema.parse({
    kind: 'process',
    key: 'care',
    name: 'Care',
    subject: 'ticket',
    triggers: [{ on: 'event', event: 'ticket.created', when: "ticket.topic == 'billing'" }],
    exits: [{ event: 'ticket.resolved', outcome: 'resolved' }],
    steps,
    scenarios: [{ name: 's', ...scenario }],
  });
  const [only] = process.scenarios;
  if (only === undefined) throw new Error('no scenario');
  const run = simulate(process, emptyLibrary(), only);
  return { ...run, mismatches: checkRun(run, only) };
}

const created = { at: 'PT0S', event: 'ticket.created' };
const given = { ticket: { topic: 'billing', status: 'open' }, contact: { company: 'Ltd' } };

describe('a process that tickets go through', () => {
  it('reads the ticket, changes it and its contact, and writes a note', () => {
    const steps: JsonObject[] = [
      {
        id: 'raise',
        type: 'update-record',
        set: { priority: 'high', tags: ['late'], 'contact.attributes.tier': { cel: 'ticket.topic' } },
      },
      { id: 'note', type: 'add-note', text: '{{ticket.priority}} for {{contact.company}}' },
    ];
    const expected = {
      outcome: 'completed',
      ticket: { priority: 'high', tags: ['late'], status: 'open' },
      contact: { attributes: { tier: 'billing' } },
    };
    expect(played(steps, { given, events: [created], expect: expected }).mismatches).toEqual([]);
  });

  it('does not start for a ticket of another topic', () => {
    const steps: JsonObject[] = [{ id: 'note', type: 'add-note', text: 'x' }];
    const { refused } = played(steps, {
      given: { ticket: { topic: 'sales' } },
      events: [created],
      expect: { outcome: null },
    });
    expect(refused).toBe('no trigger fits ticket.created');
  });

  it('sees what comes with an event, and hears that its own change resolved the ticket', () => {
    const steps: JsonObject[] = [
      { id: 'wait', type: 'wait-for-event', event: 'ticket.customer-replied' },
      {
        id: 'who',
        type: 'branch',
        cases: [{ name: 'taken', when: "ticket.?assignee.orValue('') == 'anna'" }],
        next: { taken: 'done', else: 'other' },
      },
      { id: 'done', type: 'update-record', set: { status: 'resolved' } },
      { id: 'rest', type: 'wait', for: 'P1D' },
      { id: 'other', type: 'end', outcome: 'nobody' },
    ];
    const events = [created, { at: 'PT2H', event: 'ticket.customer-replied', ticket: { assignee: 'anna' } }];
    const run = played(steps, { given, events, expect: { outcome: 'resolved', ticket: { status: 'resolved' } } });
    expect(run.mismatches).toEqual([]);
  });

  it('opens another ticket of the contact, which is an event', () => {
    const steps: JsonObject[] = [
      { id: 'open', type: 'create-ticket', title: 'About {{ticket.subject}}', text: 'See there', priority: 'low' },
      { id: 'wait', type: 'wait-for-event', event: 'ticket.created', within: 'P1D', next: { timeout: 'late' } },
      { id: 'seen', type: 'end', outcome: 'seen' },
      { id: 'late', type: 'end', outcome: 'late' },
    ];
    expect(played(steps, { given, events: [created], expect: { outcome: 'seen' } }).mismatches).toEqual([]);
  });

  it('says which value no ticket can have', () => {
    const steps: JsonObject[] = [{ id: 'raise', type: 'update-record', set: { priority: { cel: "'burning'" } } }];
    const { problems } = played(steps, { given, events: [created], expect: {} });
    expect(problems.join()).toContain('ticket.priority');
    const literal = processSchema.safeParse({
      kind: 'process',
      key: 'care',
      name: 'Care',
      triggers: [{ on: 'api' }],
      steps: [{ id: 'raise', type: 'update-record', set: { priority: 'burning' } }],
    });
    expect(literal.error?.issues[0]?.path).toEqual(['steps', 0, 'set', 'priority']);
  });
});
