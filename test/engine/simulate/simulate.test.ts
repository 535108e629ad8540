import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { emptyLibrary, type Library } from '../../../engine/library.ts';
import { contactPolicySchema } from '../../../engine/schema/contact-policy.ts';
import { scoringSchema } from '../../../engine/schema/scoring.ts';
import { checkRun } from '../../../engine/simulate/check.ts';
import { simulate } from '../../../engine/simulate/simulate.ts';
import { end, processOf } from '../process/journey.ts';

const cart = (scenario: JsonObject, more: JsonObject = {}) =>
  processOf(
    [
      { id: 'pause', type: 'wait', for: 'PT1H' },
      { id: 'remind', type: 'send-message', channel: 'email', template: 'cart-reminder' },
      {
        id: 'clicked',
        type: 'wait-for-event',
        event: 'message.clicked',
        of: 'remind',
        within: 'P1D',
        next: { received: 'finish', timeout: 'sms' },
      },
      { id: 'sms', type: 'send-message', channel: 'sms', template: 'cart-reminder-sms' },
      { id: 'finish', type: 'end', outcome: 'reminded' },
    ],
    {
      triggers: [{ on: 'event', event: 'cart.abandoned', when: 'event.total >= 1000' }],
      goals: [{ event: 'order.placed', outcome: 'purchased' }],
      scenarios: [{ name: 's', ...scenario }],
      ...more,
    },
  );

function run(process: ReturnType<typeof processOf>, library: Partial<Library> = {}) {
  const [scenario] = process.scenarios;
  if (scenario === undefined) throw new Error('no scenario');
  const played = simulate(process, { ...emptyLibrary(), ...library }, scenario);
  return { ...played, mismatches: checkRun(played, scenario) };
}

const abandoned = { at: 'PT0S', event: 'cart.abandoned', data: { total: 5000 } };
const given = { contact: { email: 'a@example.com', phone: '+79123456789', timezone: 'Europe/Moscow' } };

describe('simulate', () => {
  it('plays the example of the language', () => {
    const scenario = {
      given,
      events: [abandoned, { at: 'PT3H', event: 'order.placed' }],
      expect: {
        outcome: 'purchased',
        steps: ['pause', 'remind'],
        messages: [{ template: 'cart-reminder', after: 'PT1H' }],
      },
    };
    expect(run(cart(scenario)).mismatches).toEqual([]);
  });

  it('plays a whole journey in virtual time, with every message at its moment', () => {
    const messages = [
      { template: 'cart-reminder', after: 'PT1H', channel: 'email' },
      { template: 'cart-reminder-sms', after: 'PT25H', channel: 'sms' },
    ];
    const played = run(cart({ given, events: [abandoned], expect: { outcome: 'reminded', messages } }));
    expect(played.mismatches).toEqual([]);
    expect(played.steps).toEqual(['pause', 'remind', 'clicked', 'sms', 'finish']);
    expect(new Date(played.endedAt ?? 0).toISOString()).toBe('2026-03-03T10:00:00.000Z');
  });

  it('ties a message event to the latest message of a step', () => {
    const click = { at: 'PT2H', event: 'message.clicked', of: 'remind' };
    const messages = [{ template: 'cart-reminder' }];
    expect(
      run(cart({ given, events: [abandoned, click], expect: { outcome: 'reminded', messages } })).mismatches,
    ).toEqual([]);
    const early = run(cart({ given, events: [abandoned, { ...click, at: 'PT10M' }], expect: {} }));
    expect(early.problems).toEqual(['message.clicked is about a message of step "remind", which had not sent one']);
  });

  it('does not start where no trigger fits, and says why', () => {
    const small = { ...abandoned, data: { total: 10 } };
    expect(run(cart({ given, events: [small], expect: { outcome: null } })).mismatches).toEqual([]);
    expect(run(cart({ given, events: [small], expect: {} })).mismatches).toEqual([
      'the process did not start: no trigger fits cart.abandoned',
    ]);
    const kept = cart(
      { given: { contact: { ...given.contact, segments: ['staff'] } }, events: [abandoned], expect: {} },
      { entry: { suppress: ['staff'] } },
    );
    expect(run(kept).refused).toBe('suppressed');
  });

  it('names what a run did otherwise', () => {
    const expected: JsonObject = {
      outcome: 'purchased',
      steps: ['pause'],
      messages: [{ template: 'cart-reminder', after: 'PT2H' }, { template: 'other' }],
      skipped: [{ step: 'remind' }, { step: 'sms', reason: 'cap' }],
      contact: { attributes: { plan: 'pro' } },
      tasks: [{ step: 'call' }],
    };
    const unsubscribed = { contact: { ...given.contact, consent: { sms: 'withdrawn' } } };
    expect(run(cart({ given: unsubscribed, events: [abandoned], expect: expected })).mismatches).toEqual([
      'outcome: expected "purchased", was "reminded"',
      'steps: expected pause; went pause, remind, clicked, sms, finish',
      'messages: expected cart-reminder, other; were cart-reminder',
      'tasks: expected 1, were 0',
      'skipped: step "remind" was not skipped',
      'skipped: step "sms" expected for cap, was for unsubscribed',
      'contact.attributes.plan: expected "pro", was none',
    ]);
  });

  it('names mistakes in the description of the contact', () => {
    const played = run(cart({ given: { contact: { mail: 'a@example.com' } }, events: [abandoned], expect: {} }));
    expect(played.problems[0]).toMatch(/^given\.contact\..*mail/);
  });

  it('keeps caps with messages that were sent before, by the same gate', () => {
    const policy = contactPolicySchema.parse({
      ...emptyLibrary().policy,
      caps: [{ channel: 'email', max: 1, per: 'P1D' }],
    });
    const before = { ...given, sent: [{ channel: 'email', ago: 'PT20H' }] };
    const deferred = run(cart({ given: before, events: [abandoned], expect: {} }), { policy });
    expect(deferred.messages[0]?.at).toBe(deferred.startedAt + 4 * 3_600_000);
    const dropped = run(
      cart(
        { given: before, events: [abandoned], expect: { skipped: [{ step: 'remind', reason: 'cap' }] } },
        { settings: { onCap: 'drop' } },
      ),
      { policy },
    );
    expect(dropped.mismatches).toEqual([]);
  });

  it('stops watching at until', () => {
    const played = run(
      cart({ given, events: [abandoned], until: 'PT2H', expect: { outcome: null, steps: ['pause', 'remind'] } }),
    );
    expect(played.mismatches).toEqual([]);
    expect(played.endedAt).toBeNull();
  });

  it('plays 400 days in no time', () => {
    const steps: JsonObject[] = [
      { id: 'loop', type: 'repeat', max: 400, steps: [{ id: 'day', type: 'wait', for: 'P1D' }] },
      end('over'),
    ];
    const scenario = {
      name: 's',
      given,
      events: [{ at: 'PT0S', event: 'test.began' }],
      until: 'P2Y',
      expect: { outcome: 'over' },
    };
    const played = run(processOf(steps, { scenarios: [scenario] }));
    expect(played.mismatches).toEqual([]);
    expect(new Date(played.endedAt ?? 0).toISOString()).toBe('2027-04-06T09:00:00.000Z');
  });
});

describe('the simulated world', () => {
  const world = (
    steps: JsonObject[],
    more: { given?: JsonObject; events?: JsonObject[]; process?: JsonObject; library?: Partial<Library> } = {},
  ) => {
    const events = [{ at: 'PT0S', event: 'test.began' }, ...(more.events ?? [])];
    const scenario = { name: 's', given: more.given ?? given, events, expect: {} };
    return run(processOf(steps, { ...more.process, scenarios: [scenario] }), more.library);
  };

  it('tells the instance what its own effects changed', () => {
    const steps: JsonObject[] = [
      { id: 'set', type: 'update-record', set: { 'attributes.plan': 'pro' } },
      { id: 'w', type: 'wait', for: 'P1D' },
    ];
    const played = world(steps, {
      process: { goals: [{ when: 'contact.attributes.plan == "pro"', outcome: 'upgraded' }] },
    });
    expect(played.outcome).toBe('upgraded');
    expect(played.contact.attributes).toEqual({ plan: 'pro' });
  });

  it('applies changes that come with an event', () => {
    const steps: JsonObject[] = [{ id: 'w', type: 'wait', until: 'contact.attributes.renewal' }, end('renewed')];
    const change = { at: 'PT1H', event: 'contact.changed', contact: { attributes: { renewal: '2026-03-05' } } };
    expect(world(steps, { events: [change] }).endedAt).toBe(Date.parse('2026-03-05T00:00:00+03:00'));
  });

  it('adds up scores and changes the class by the scoring of the library', () => {
    const scoring = scoringSchema.parse({
      kind: 'scoring',
      key: 'scoring',
      name: 'Scoring',
      rules: [{ id: 'visit', axis: 'engagement', event: 'page.viewed', points: 1 }],
      classes: { warm: 10, hot: 20 },
    });
    const steps: JsonObject[] = [
      { id: 'up', type: 'adjust-score', points: 25 },
      { id: 'w', type: 'wait', for: 'P1D' },
    ];
    const played = world(steps, {
      library: { scoring },
      process: { goals: [{ event: 'score.class-changed', when: 'event.to == "hot"', outcome: 'hot' }] },
    });
    expect(played.outcome).toBe('hot');
    expect(played.contact.score).toEqual({ fit: 0, engagement: 25, total: 25, class: 'hot' });
  });

  it('adds to segments and removes from them', () => {
    const steps: JsonObject[] = [
      { id: 'in', type: 'add-to-segment', segment: 'vip' },
      { id: 'out', type: 'remove-from-segment', segment: 'staff' },
    ];
    expect(world(steps, { given: { contact: { segments: ['staff'] } } }).contact.segments).toEqual(['vip']);
  });

  it('assigns owners in turn or to the least loaded, among the active', () => {
    const users: JsonObject[] = [
      { key: 'anna', role: 'sales', load: 5 },
      { key: 'boris', role: 'sales', load: 1 },
      { key: 'vera', role: 'sales', active: false },
      { key: 'zoe', role: 'support' },
    ];
    const assign = (more: JsonObject) =>
      world([{ id: 'own', type: 'assign-owner', among: { role: 'sales' }, ...more }], { given: { ...given, users } })
        .contact.owner;
    expect(assign({})).toBe('anna');
    expect(assign({ strategy: 'least-loaded' })).toBe('boris');
    expect(assign({ among: { users: ['vera'] } })).toBeUndefined();
    expect(assign({ among: { users: ['zoe', 'vera'] } })).toBe('zoe');
  });

  it('gives the next owner the turn, and keeps an active one', () => {
    const users: JsonObject[] = [
      { key: 'anna', role: 'sales' },
      { key: 'boris', role: 'sales' },
    ];
    const own = (id: string, keep: boolean) => ({ id, type: 'assign-owner', among: { role: 'sales' }, keep });
    expect(world([own('a', true), own('b', true)], { given: { users } }).contact.owner).toBe('anna');
    expect(world([own('a', true), own('b', false)], { given: { users } }).contact.owner).toBe('boris');
  });

  it('answers http-request steps as given', () => {
    const steps: JsonObject[] = [
      {
        id: 'ask',
        type: 'http-request',
        url: 'https://example.com',
        into: 'answer',
        next: { ok: 'yes', failed: 'no' },
      },
      end('yes'),
      end('no'),
    ];
    expect(world(steps).outcome).toBe('yes');
    expect(world(steps, { given: { http: { ask: { status: 503 } } } }).outcome).toBe('no');
  });

  it('records tasks with their due time', () => {
    const task = { id: 'call', type: 'create-task', title: 'Call', assignee: { role: 'sales' }, due: 'PT2H' };
    const played = world([{ id: 'w', type: 'wait', for: 'PT1H' }, task]);
    const view = { title: 'Call', status: 'open', role: 'sales', due: played.startedAt + 3 * 3_600_000 };
    expect(played.tasks).toMatchObject([{ step: 'call', at: played.startedAt + 3_600_000, view }]);
  });

  it('records the arm of a split on the contact', () => {
    expect(Object.keys(world([{ id: 'ab', type: 'split', arms: { a: 1, b: 1 } }]).contact.arms)).toEqual([
      'journey/ab',
    ]);
  });

  it('shows incidents as problems', () => {
    const played = world([{ id: 'b', type: 'branch', cases: [{ name: 'x', when: 'contact.attributes.gone == 1' }] }]);
    expect(played.problems[0]).toMatch(/^incident at step "b" on 2026-03-02T09:00:00.000Z: /);
  });
});
