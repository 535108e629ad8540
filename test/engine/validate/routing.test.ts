import { describe, expect, it } from 'vitest';
import type { Colleague } from '../../../engine/library.ts';
import { validateDefinition } from '../../../engine/validate/validate.ts';
import { type Draft, draft, smallLibrary } from './library.ts';

const people: Colleague[] = [
  { key: 'anna', role: 'agent', active: true, team: 'billing', skills: ['refunds'] },
  { key: 'boris', role: 'agent', active: false, team: 'technical', skills: [] },
  { key: 'vera', role: 'lead', active: true, skills: [] },
];

/** `severity path code suggestion` of every problem, in a company of these people or one whose people are not known. */
function problems(json: unknown, known: Colleague[] | undefined = people): string[] {
  const library = { ...smallLibrary(), ...(known && { people: known }) };
  return validateDefinition(json, library).problems.map(({ severity, path, code, suggestion }) =>
    [severity, path, code, suggestion].filter((part) => part !== undefined).join(' '),
  );
}

const routing = (more: Draft = {}): Draft => ({
  kind: 'routing',
  key: 'support',
  name: 'Support',
  rules: [{ id: 'all', candidates: { team: 'billing' } }],
  ...more,
});

describe('a routing', () => {
  it('is let through when it is sound', () => {
    const rules = [
      { id: 'urgent', when: 'ticket.priority == "urgent"', candidates: { role: 'lead' } },
      { id: 'rest', candidates: { users: ['anna'], skills: ['refunds'] }, capacity: 5 },
    ];
    const accept = { within: 'PT15M', calendar: 'office' };
    expect(problems(routing({ rules, accept, nobody: { alert: [{ role: 'lead' }, { user: 'vera' }] } }))).toEqual([]);
  });

  it('has its ids, conditions, capacity and calendar checked', () => {
    const candidates = { role: 'agent' };
    const rules = [
      { id: 'typo', when: 'ticket.prority == "urgent"', candidates },
      { id: 'type', when: 'ticket.accepted == "yes"', candidates },
      { id: 'typo', when: 'isOpen("offce", now)', candidates },
      { id: 'none', when: 'ticket.accepted', candidates, capacity: 0 },
    ];
    expect(problems(routing({ rules, accept: { within: 'PT15M', calendar: 'offic' } })).sort()).toEqual([
      'error accept.calendar unknown-calendar office',
      'error rules[0].when condition-invalid priority',
      'error rules[1].when condition-invalid',
      'error rules[2].id duplicate-id',
      'error rules[2].when condition-invalid office',
      'error rules[3].capacity wrong-value',
    ]);
  });

  it('has its scenarios played', () => {
    const scenario = (assignee: string) => ({
      name: 'to Anna',
      given: { users: [{ key: 'anna', role: 'agent', team: 'billing' }] },
      events: [{ at: 'PT0S', event: 'ticket.created' }],
      expect: { outcome: 'assigned', ticket: { assignee } },
    });
    expect(problems(routing({ scenarios: [scenario('anna')] }))).toEqual([]);
    expect(problems(routing({ scenarios: [scenario('boris')] }))).toEqual(['error scenarios[0] scenario-failed']);
  });

  it('of contacts sees no ticket', () => {
    const rules = [{ id: 'one', when: 'ticket.accepted', candidates: { role: 'agent' } }];
    expect(problems(routing({ subject: 'contact', rules }))).toEqual(['error rules[0].when condition-invalid']);
  });

  it('warns of rules that are never reached, and of an acceptance at night', () => {
    const candidates = { role: 'agent' };
    const rules = [
      { id: 'all', candidates },
      { id: 'vip', when: '"vip" in ticket.tags', candidates },
      { id: 'rest', candidates },
    ];
    expect(problems(routing({ rules, accept: { within: 'PT15M' } }))).toEqual([
      'warning rules[1] unreachable-rule',
      'warning rules[2] unreachable-rule',
      'warning accept.calendar no-calendar office',
    ]);
  });

  it('warns of whom nobody is, where people are known', () => {
    const rules = [
      { id: 'ghost', when: 'ticket.accepted', candidates: { users: ['ana'] } },
      { id: 'role', when: 'ticket.accepted', candidates: { role: 'pilot' } },
      { id: 'gone', when: 'ticket.accepted', candidates: { team: 'technical' } },
      { id: 'both', candidates: { team: 'billing', skills: ['vpn'] } },
    ];
    const nobody = { alert: [{ role: 'leed' }, { user: 'boris' }] };
    expect(problems(routing({ rules, nobody }))).toEqual([
      'warning rules[0].candidates.users[0] unknown-user anna',
      'warning rules[1].candidates.role vacant-role',
      'warning rules[2].candidates nobody-fits',
      'warning rules[3].candidates nobody-fits',
      'warning nobody.alert[0].role vacant-role lead',
      'warning nobody.alert[1].user unknown-user',
    ]);
    const library = smallLibrary();
    expect(validateDefinition(routing({ rules, nobody }), library)).toMatchObject({ problems: [] });
  });
});

describe('assign-owner', () => {
  const process = (among: Draft): Draft =>
    draft({
      goals: [{ event: 'order.placed', outcome: 'bought' }],
      steps: [{ id: 'owner', type: 'assign-owner', among }],
      scenarios: [],
    });
  const found = (among: Draft) => problems(process(among)).filter((text) => text.includes('steps'));

  it('names roles that somebody holds, users that there are, and a routing that is published', () => {
    expect(found({ chain: ['agent', 'senior', 'lead'] })).toEqual(['warning steps[0].among.chain[1] vacant-role']);
    expect(found({ role: 'agnt' })).toEqual(['warning steps[0].among.role vacant-role agent']);
    expect(found({ users: ['anna', 'boris'] })).toEqual(['warning steps[0].among.users[1] unknown-user']);
    expect(found({ routing: 'support' })).toEqual(['error steps[0].among.routing unknown-routing']);
  });
});
