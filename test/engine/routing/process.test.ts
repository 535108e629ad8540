import { describe, expect, it } from 'vitest';
import { emptyLibrary } from '../../../engine/library.ts';
import { routingProcess } from '../../../engine/routing/process.ts';
import { scenario } from '../../../engine/schema/process.ts';
import { checkRun } from '../../../engine/simulate/check.ts';
import { type SimulationRun, simulate } from '../../../engine/simulate/simulate.ts';
import { office, routing } from './people.ts';

const users = [
  { key: 'anna', role: 'agent', team: 'billing' },
  { key: 'boris', role: 'agent', team: 'billing', load: 1 },
];
const billing = {
  id: 'billing',
  when: 'ticket.?team.orValue("billing") == "billing"',
  candidates: { team: 'billing' },
};
const accept = { within: 'PT15M', calendar: 'office' };
const nobody = { alert: [{ role: 'lead' }], retry: 'PT30M' };

/** 12:00 in Moscow on a Monday. */
const given = { users, now: '2026-03-02T09:00:00Z' };
const created = { at: 'PT0S', event: 'ticket.created' };
const by = (user: string) => ({ data: { by: user } });

interface Play {
  definition?: object;
  people?: object[];
  now?: string;
  ticket?: object;
  events?: object[];
  until?: string;
}

function play({
  definition = {},
  people = users,
  now = given.now,
  ticket = {},
  events = [],
  until,
}: Play): SimulationRun {
  const definitions = routing({ rules: [billing], accept, nobody, ...definition });
  const story = scenario.parse({
    name: 'a story',
    given: { users: people, now, ticket },
    events: [created, ...events],
    ...(until !== undefined && { until }),
    expect: {},
  });
  const library = { ...emptyLibrary(), calendars: { office }, routings: { [definitions.key]: definitions } };
  const run = simulate(routingProcess(definitions), library, story);
  expect(checkRun(run, story)).toEqual([]);
  return run;
}

/** When each step was entered, in minutes after the start. */
const times = ({ timeline, startedAt }: SimulationRun) =>
  timeline.flatMap(({ kind, step, at }) => (kind === 'entered' ? [`${step} ${(at - startedAt) / 60_000}`] : []));

const choices = ({ timeline }: SimulationRun) =>
  timeline.flatMap(({ kind, step, detail }) =>
    kind === 'performed' && step?.startsWith('choose') === true ? [detail?.user ?? null] : [],
  );

describe('a routing as a process', () => {
  it('ends when the one whom it chose accepts', () => {
    const run = play({ events: [{ at: 'PT5M', event: 'ticket.accepted', ...by('user:anna') }] });
    expect(run).toMatchObject({ outcome: 'accepted', ticket: { assignee: 'anna', team: 'billing' } });
    expect(times(run)).toEqual(['free 0', 'choose 0', 'asked 0']);
  });

  it('takes the assignee’s reply for an acceptance, and nobody else’s', () => {
    const reply = (user: string) => ({ at: 'PT5M', event: 'ticket.agent-replied', ...by(user) });
    expect(play({ events: [reply('user:anna')] }).outcome).toBe('accepted');
    const other = play({ events: [reply('user:vera')], until: 'PT20M' });
    expect(choices(other)).toEqual(['anna', 'boris']);
  });

  it('moves on after so many business minutes, passing over who was asked', () => {
    // 17:50: ten minutes are left of this day.
    const run = play({ now: '2026-03-02T14:50:00Z', until: 'PT15H20M' });
    expect(times(run)).toEqual(['free 0', 'choose 0', 'asked 0', 'still 915', 'choose 915', 'asked 915']);
    expect(choices(run)).toEqual(['anna', 'boris']);
    expect(run.ticket?.assignee).toBe('boris');
  });

  it('stands in the queue of nobody when all were asked, alerts once, and begins anew at every retry', () => {
    const run = play({ until: 'PT2H' });
    expect(times(run)).toEqual([
      'free 0',
      ...['choose 0', 'asked 0', 'still 15', 'choose 15', 'asked 15', 'still 30', 'choose 30'],
      ...['unless-given 30', 'queue 30', 'alert-1 30', 'pause 30', 'still-free 60'],
      ...['choose-again 60', 'asked-again 60', 'still-again 75', 'choose-again 75', 'asked-again 75', 'still-again 90'],
      ...['choose-again 90', 'unless-given-again 90', 'release 90', 'pause 90', 'still-free 120'],
      ...['choose-again 120', 'asked-again 120'],
    ]);
    expect(choices(run)).toEqual(['anna', 'boris', null, 'anna', 'boris', null, 'anna']);
  });

  it('gives the ticket of nobody its team back with the assignee', () => {
    const absent = { until: 'PT40M' };
    const run = play({ people: users.map((user) => ({ ...user, absent })), until: 'PT50M' });
    expect(choices(run)).toEqual([null, null]);
    expect(run.ticket).toMatchObject({ team: 'nobody' });
    expect(run.ticket?.assignee).toBeUndefined();
    const later = play({ people: users.map((user) => ({ ...user, absent })), until: 'PT70M' });
    expect(later.ticket).toMatchObject({ assignee: 'anna', team: 'billing' });
  });

  it.each(['user:vera', 'api'])('ends when %s gives it to somebody', (actor) => {
    const run = play({ events: [{ at: 'PT5M', event: 'ticket.changed', ticket: { assignee: 'vera' }, ...by(actor) }] });
    expect(run).toMatchObject({ outcome: 'given', ticket: { assignee: 'vera' } });
    expect(run.endedAt).toBe(run.startedAt + 5 * 60_000);
  });

  it('takes from nobody to whom another instance gave it, neither while it waits nor out of the queue', () => {
    const escalated = (at: string) => ({
      at,
      event: 'ticket.changed',
      ticket: { assignee: 'vera' },
      ...by('instance:escalation'),
    });
    for (const at of ['PT5M', 'PT40M']) {
      expect(play({ events: [escalated(at)] })).toMatchObject({ outcome: 'given', ticket: { assignee: 'vera' } });
    }
  });

  it('goes on to the next when somebody takes the assignee away', () => {
    const run = play({
      events: [{ at: 'PT5M', event: 'ticket.changed', ticket: { assignee: null }, ...by('user:vera') }],
      until: 'PT20M',
    });
    expect(choices(run)).toEqual(['anna', 'boris']);
  });

  it('asks nobody for a ticket that came with an assignee', () => {
    expect(times(play({ ticket: { assignee: 'vera' } }))).toEqual(['free 0', 'given 0']);
  });

  it.each(['resolved', 'closed', 'merged'])('ends with a ticket that is %s', (outcome) => {
    expect(play({ events: [{ at: 'PT5M', event: `ticket.${outcome}` }] }).outcome).toBe(outcome);
  });

  it('ends with the assignment where no acceptance is asked for', () => {
    const definition = { accept: undefined };
    expect(play({ definition })).toMatchObject({ outcome: 'assigned', ticket: { assignee: 'anna' } });
    const waiting = play({ definition, people: [], until: 'P1D' });
    expect(waiting.outcome).toBeNull();
    expect(times(waiting).filter((text) => text.startsWith('alert'))).toEqual(['alert-1 0']);
    expect(choices(waiting)).toHaveLength(49);
  });

  it('asks no more people than the routing says', () => {
    const people = ['a', 'b', 'c', 'd'].map((key) => ({ key, role: 'agent', team: 'billing' }));
    const definition = { accept: { ...accept, attempts: 2 } };
    expect(choices(play({ definition, people, until: 'PT45M' }))).toEqual(['a', 'b', null]);
  });

  it('says who was looked at and why', () => {
    const run = play({
      people: [...users, { key: 'cleo', role: 'agent', team: 'billing', absent: {} }],
      until: 'PT1M',
    });
    const chosen = run.timeline.find(({ kind, step }) => kind === 'performed' && step === 'choose');
    expect(chosen?.detail).toMatchObject({
      exit: 'assigned',
      user: 'anna',
      rule: 'billing',
      considered: [
        { user: 'anna', verdict: 'chosen', why: { open: 0 } },
        { user: 'boris', verdict: 'fits', why: { open: 1 } },
        { user: 'cleo', verdict: 'absent' },
      ],
    });
  });

  it('routes leads as well, whoever owns them now', () => {
    const sales = { ...users[0], key: 'sam', team: 'sales' };
    const definition = { subject: 'contact', rules: [{ id: 'all', candidates: { team: 'sales' } }] };
    const accepted = { at: 'PT5M', event: 'owner.accepted' };
    expect(play({ definition, people: [sales], events: [accepted] })).toMatchObject({
      outcome: 'accepted',
      contact: { owner: 'sam' },
    });
    const left = play({ definition, people: [sales], until: 'PT20M' });
    expect(left.contact.owner).toBeUndefined();
    expect(times(left).at(-1)).toBe('pause 15');
  });

  it('is one process object per routing', () => {
    const one = routing();
    expect(routingProcess(one)).toBe(routingProcess(one));
  });
});
