import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock, ClockEntry, ClockState } from '../../../engine/model/clock.ts';
import type { TicketView } from '../../../engine/model/ticket.ts';
import type { Calendar } from '../../../engine/schema/calendar.ts';
import { advanceClock } from '../../../engine/sla/advance.ts';
import { consumedAt } from '../../../engine/sla/clock.ts';
import { derivation } from '../../../engine/sla/derivation.ts';
import { addOpenTime, openTimeBetween } from '../../../engine/time/business.ts';
import { calendar, office } from '../time/calendar.ts';
import { at, Desk, policy, tell } from './desk.ts';

const start = '2026-03-06T14:00:00Z';
const second = 1000;
const hour = 3_600_000;

const status = fc.constantFrom<TicketView['status']>('open', 'waiting', 'on-hold', 'resolved', 'open', 'new');
const priority = fc.constantFrom<TicketView['priority']>('low', 'normal', 'high', 'urgent');
const word = fc.constantFrom('billing', 'delivery', 'other');
const span = fc.constantFrom('PT15M', 'PT1H', 'PT4H', 'PT9H', 'PT20H', 'PT37M');
const goals = fc.dictionary(priority, span, { minKeys: 1 });
const point = fc.constantFrom('50%', '75%', '100%', '+PT30M', '+PT3H');
const sla = fc.record(
  {
    calendar: fc.constantFrom('office', 'night'),
    when: fc.constantFrom('ticket.?topic.orValue("") == "billing"', 'ticket.?team.orValue("") == "delivery"'),
    targets: fc.dictionary(fc.constantFrom('first-response', 'next-response', 'resolution'), goals),
    pausing: fc.constantFrom(['waiting'], ['waiting', 'on-hold'], []),
    reopening: fc.constantFrom('continue', 'new'),
    escalations: fc.array(
      fc.record(
        { target: fc.constantFrom('first-response', 'next-response', 'resolution'), at: point, every: span },
        { requiredKeys: ['target', 'at'] },
      ),
      { maxLength: 4 },
    ),
  },
  { requiredKeys: ['targets', 'pausing', 'reopening', 'escalations'] },
);
const zone = fc.constantFrom('UTC', 'America/New_York', 'Pacific/Chatham');
const hours = fc.record({
  timezone: zone,
  hours: fc.constantFrom(
    office,
    { sat: [{ from: '20:00', to: '04:00' }] },
    {
      mon: [
        { from: '08:00', to: '12:00' },
        { from: '13:00', to: '15:30' },
      ],
      sun: [{ from: '00:00', to: '24:00' as const }],
    },
  ),
});

type Act = (desk: Desk, when: number) => unknown;
const say =
  (name: Parameters<Desk['say']>[1], set = {}, more = {}): Act =>
  (desk, when) =>
    desk.say(when, name, set, more);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.constant(say('ticket.agent-replied')),
  fc.constant(say('ticket.customer-replied')),
  fc.constant(say('ticket.customer-replied', {}, { auto: true })),
  fc.constant(say('ticket.noted')),
  status.map((status) => say('ticket.changed', { status })),
  priority.map((priority) => say('ticket.changed', { priority })),
  word.map((topic) => say('ticket.changed', { topic })),
  word.map((team) => say('ticket.changed', { team })),
  fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(3), sla).map(([key, order, { escalations, ...rules }]): Act => {
    const listed = escalations.map(({ every, ...one }, index) => {
      return { id: `e${index}`, ...one, steps: [tell], ...(every !== undefined && { repeat: { every, times: 2 } }) };
    });
    const json = { key, order, ...rules, escalations: listed };
    return (desk, when) => desk.publish(policy(JSON.parse(JSON.stringify(json)))).say(when, 'ticket.reviewed');
  }),
  fc.constantFrom('a', 'b').map(
    (key): Act =>
      (desk, when) =>
        desk.retract(key).say(when, 'ticket.reviewed'),
  ),
  fc.tuple(fc.constantFrom('office', 'night'), hours).map(([key, rules]): Act => {
    return (desk, when) => desk.open({ ...calendar(rules), key }).say(when, 'ticket.reviewed');
  }),
  // What a worker that was down would see: late news of an earlier time, and timers long overdue.
  fc.nat(300).map(
    (late): Act =>
      (desk, when) =>
        desk.deliver(when - late * 60_000, when, 'ticket.agent-replied', {}),
  ),
  fc.constant<Act>((desk, when) => desk.move({ type: 'due', at: when })),
  fc.constant<Act>((desk, when) => desk.order(new Date(when).toISOString(), { do: 'pause', by: 'ann' })),
);
const sequence = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 * 60 }), act), {
  minLength: 5,
  maxLength: 60,
  size: 'max',
});

function nameOf({ target, n }: { target: string; n: number }): string {
  return `${target}#${n}`;
}

/** Everything that must hold of a state, whatever led to it. */
class Laws {
  readonly #consumed = new Map<string, number>();
  readonly #breached = new Map<string, number>();
  #at = 0;

  check(desk: Desk): void {
    const { state } = desk;
    const { pinned } = desk.context();
    expect(state.at).toBeGreaterThanOrEqual(this.#at);
    this.#at = state.at;
    for (const clock of state.clocks) {
      const name = nameOf(clock);
      const consumed = consumedAt(clock, state.at, pinned);
      expect(consumed).toBeGreaterThanOrEqual(this.#consumed.get(name) ?? 0);
      this.#consumed.set(name, consumed);
      const breached = this.#breached.get(name);
      if (breached !== undefined) expect(clock.breachedAt).toBe(breached);
      if (clock.breachedAt !== undefined) this.#breached.set(name, clock.breachedAt);
      if (clock.status !== 'running') expect(clock.wake).toBeNull();
      for (const { id, times } of clock.points) expect(clock.fired[id] ?? 0).toBeLessThanOrEqual(Math.max(times, 3));
    }
  }
}

/** All that the ledger says of a clock, worked out once more from its lines alone. */
function recompute(lines: readonly ClockEntry[], versions: (name: string) => Calendar): void {
  for (const [index, line] of lines.entries()) {
    const hours = line.calendar === undefined ? undefined : versions(line.calendar);
    if (
      line.status === 'running' &&
      line.change !== 'warned' &&
      line.change !== 'escalated' &&
      line.change !== 'breached'
    ) {
      const left = Math.max(0, line.goal - line.consumed);
      const due = hours === undefined || left === 0 ? line.at + left : addOpenTime(hours, line.at, left);
      const whole = due === null ? null : Math.ceil(due / second) * second;
      if (left > 0) expect(line.due).toBe(whole);
      else expect(line.due).toBeLessThanOrEqual(whole ?? 0);
    }
    if (line.status === 'paused') expect(line.due).toBeNull();
    const next = lines[index + 1];
    if (next === undefined) continue;
    expect(next.at).toBeGreaterThanOrEqual(line.at);
    const passed = hours === undefined ? next.at - line.at : openTimeBetween(hours, line.at, next.at);
    expect(next.consumed - line.consumed).toBe(line.status === 'running' ? passed : 0);
  }
}

function byClock(lines: readonly ClockEntry[]): ClockEntry[][] {
  const names = [...new Set(lines.map(nameOf))];
  return names.map((name) => lines.filter((line) => nameOf(line) === name));
}

/** The whole ledger, of which the state keeps the end. */
function ledgerOf(desk: Desk): ClockEntry[] {
  return desk.timeline.flatMap(({ kind, at, detail }) => {
    const line = { at, ...detail };
    return kind === 'clock' && isEntry(line) ? [line] : [];
  });
}

function isEntry(line: object): line is ClockEntry {
  return ['at', 'target', 'n', 'change', 'status', 'consumed', 'goal', 'due', 'policy'].every((name) => name in line);
}

function play(acts: readonly (readonly [number, Act])[], seen: (desk: Desk) => void): Desk {
  const desk = new Desk(start, { topic: 'billing' })
    .open({ ...calendar({ hours: office }), key: 'office' })
    .open({ ...calendar({ hours: { fri: [{ from: '18:00', to: '06:00' }] } }), key: 'night' });
  desk.publish(
    policy({
      calendar: 'office',
      order: 9,
      targets: { 'first-response': { normal: 'PT2H' }, resolution: { normal: 'PT9H', low: 'PT20H' } },
    }),
  );
  desk.start();
  seen(desk);
  let when = at(start);
  for (const [minutes, what] of acts) {
    when += minutes * 60_000;
    what(desk, when);
    seen(desk);
  }
  return desk;
}

describe('whatever happens to a ticket', () => {
  it('its clocks never run backwards, lose nothing, breach once, and follow from their ledger: 2,000 random stories', {
    timeout: 240_000,
  }, () => {
    const total = { breaches: 0, recalculated: 0, resumed: 0, escalated: 0, folded: 0 };
    fc.assert(
      fc.property(sequence, (acts) => {
        const laws = new Laws();
        const desk = play(acts, (desk) => laws.check(desk));
        expect(JSON.parse(JSON.stringify(desk.state))).toEqual(desk.state);
        expect(JSON.stringify(desk.state).length).toBeLessThan(16_000);
        const keys = desk.effects.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        const ledger = ledgerOf(desk);
        const versions = (name: string) => desk.version(name);
        for (const lines of byClock(ledger)) {
          recompute(lines, versions);
          expect(lines.filter(({ change }) => change === 'breached').length).toBeLessThanOrEqual(1);
          checkOrder(lines);
        }
        for (const lines of byClock(desk.state.ledger)) recompute(lines, versions);
        checkDerivation(desk.state, desk);
        for (const { change } of ledger) {
          if (change === 'breached') total.breaches++;
          if (change === 'recalculated') total.recalculated++;
          if (change === 'resumed') total.resumed++;
          if (change === 'warned' || change === 'escalated') total.escalated++;
        }
        if (ledger.length > desk.state.ledger.length) total.folded++;
      }),
      { seed: 20260306, numRuns: 2000 },
    );
    // The stories must have met what they are about.
    const { folded, ...lines } = total;
    for (const count of Object.values(lines)) expect(count).toBeGreaterThan(1000);
    expect(folded).toBeGreaterThan(20);
  });

  it('the reducer is pure, and takes every event once', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(sequence, (acts) => {
        let before: ClockState | undefined;
        const desk = play(acts, (desk) => {
          before = desk.state;
        });
        const frozen = structuredClone(desk.state);
        const context = desk.context();
        const when = desk.state.at + 100 * hour;
        const first = advanceClock(desk.state, { type: 'due', at: when }, context, when);
        expect(advanceClock(desk.state, { type: 'due', at: when }, context, when)).toEqual(first);
        expect(desk.state).toEqual(frozen);
        const data = { ticket: JSON.parse(JSON.stringify({ ...desk.ticket, status: 'closed' })) };
        const event = { id: 'again', name: 'ticket.closed', occurredAt: when, seq: desk.state.lastSeq, data };
        expect(advanceClock(desk.state, { type: 'received', at: when, event }, context, when).state).toEqual(before);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

/** Nothing comes to a clock that does not run, and a stopped one only goes on. */
function checkOrder(lines: readonly ClockEntry[]): void {
  for (const [index, { change }] of lines.entries()) {
    const before = lines[index - 1]?.status;
    if (change === 'warned' || change === 'escalated' || change === 'breached') expect(before).toBe('running');
    if (change === 'paused') expect(before).toBe('running');
    if (before === 'met' || before === 'cancelled') expect(change).toBe('resumed');
    if (before === undefined) expect(change).toBe('started');
  }
}

function checkDerivation(state: ClockState, desk: Desk): void {
  const { pinned } = desk.context();
  for (const { target, n, lines, due } of derivation(state, state.at, pinned)) {
    const clock: Clock | undefined = state.clocks.find((one) => one.target === target && one.n === n);
    if (clock === undefined) continue;
    expect(due).toBe(clock.due);
    const sum = lines.reduce((sum, line) => sum + line.counted, lines[0]?.before ?? 0);
    expect(sum).toBe(consumedAt(clock, state.at, pinned));
  }
}
