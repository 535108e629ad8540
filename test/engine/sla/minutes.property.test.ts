import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../engine/model/clock.ts';
import type { TicketEventName, TicketView } from '../../../engine/model/ticket.ts';
import type { Calendar } from '../../../engine/schema/calendar.ts';
import { consumedAt } from '../../../engine/sla/clock.ts';
import { anyCalendar, days, windows } from '../time/arbitrary.ts';
import { MinuteWalk } from '../time/minute-walk.ts';
import { Desk, policy } from './desk.ts';
import { type Happening, type NaiveClock, NaiveTicket } from './naive.ts';

const length = days * 1440;
const tickets = 8;

const story = fc.record({
  created: fc.integer({ min: 1440, max: length / 2 }),
  goal: fc.integer({ min: 1, max: 900 }),
  reopening: fc.constantFrom('continue' as const, 'new' as const),
  happenings: fc
    .array(
      fc.record({
        after: fc.integer({ min: 0, max: 700 }),
        what: fc.constantFrom<Happening['what'][]>('wait', 'work', 'resolve', 'reopen', 'ask', 'answer', 'note'),
      }),
      { maxLength: 12 },
    )
    .map((list) => {
      let minute = 0;
      return list.map(({ after, what }) => {
        minute += after;
        return { minute, what };
      });
    }),
});

const situation = fc.constantFrom(...windows).chain((window) =>
  fc.record({
    window: fc.constant(window),
    calendar: anyCalendar(window),
    stories: fc.array(story, { minLength: tickets, maxLength: tickets }),
  }),
);

/** The status of the ticket after something happened, and the event that tells of it. */
function told(
  what: Happening['what'],
  status: TicketView['status'],
): { name: TicketEventName; status: TicketView['status'] } {
  const isResolved = status === 'resolved';
  if (what === 'wait') return { name: 'ticket.changed', status: isResolved ? status : 'waiting' };
  if (what === 'work') return { name: 'ticket.changed', status: isResolved ? status : 'open' };
  if (what === 'resolve') return { name: 'ticket.resolved', status: 'resolved' };
  if (what === 'reopen') return { name: 'ticket.reopened', status: isResolved ? 'open' : status };
  const name = ({ ask: 'ticket.customer-replied', answer: 'ticket.agent-replied', note: 'ticket.noted' } as const)[
    what
  ];
  return { name, status };
}

function play(
  calendar: Calendar,
  walk: MinuteWalk,
  { created, goal, reopening, happenings }: Story,
  end: number,
): Desk {
  const minutes = { normal: `PT${goal}M` };
  const targets = { 'first-response': minutes, 'next-response': minutes, resolution: minutes };
  const desk = new Desk(new Date(walk.at(created)).toISOString())
    .open(calendar)
    .publish(policy({ calendar: calendar.key, reopening, targets }))
    .start();
  for (const { minute, what } of happenings) {
    if (created + minute >= end) break;
    const { name, status } = told(what, desk.ticket.status);
    desk.say(walk.at(created + minute), name, { status });
  }
  // The minutes lived through are those before the end: what is due at the end itself is not seen any more.
  return desk.wait(walk.at(end) - 1);
}

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

describe('the clocks of tickets against a walk over every minute', () => {
  it('agree to the minute in 10,400 random cases', { timeout: 240_000 }, () => {
    const seen = { breached: 0, stood: 0, again: 0 };
    fc.assert(
      fc.property(situation, ({ window, calendar, stories }) => {
        const walk = new MinuteWalk(calendar, window);
        for (const one of stories) {
          const desk = play(calendar, walk, one, length);
          const naive = new NaiveTicket(one);
          const happenings = one.happenings.map(({ minute, what }) => ({ minute: one.created + minute, what }));
          naive.live(walk, one.created, length, happenings);
          const { pinned } = desk.context();
          const compare = (clock: Clock | undefined, walked: NaiveClock) => {
            expect(clock).toBeDefined();
            if (clock === undefined) return;
            expect(consumedAt(clock, walk.at(length), pinned) / 60_000).toBe(walked.consumed);
            expect(clock.breachedAt).toBe(walked.breached === null ? undefined : walk.at(walked.breached));
            expect(clock.status).toBe(walked.state === 'standing' ? 'paused' : walked.state);
            if (walked.breached !== null) seen.breached++;
            if (walked.state === 'standing') seen.stood++;
            if (clock.met > 1 || clock.n > 1) seen.again++;
          };
          const of = (target: string, n: number) =>
            desk.state.clocks.find((clock) => clock.target === target && clock.n === n);
          compare(of('first-response', 1), naive.first);
          // Of many short ones a state keeps the last few only.
          const [next, resolution] = [naive.next.length, naive.resolution.length];
          for (const [index, clock] of naive.next.entries()) {
            if (of('next-response', index + 1) !== undefined || index === next - 1)
              compare(of('next-response', index + 1), clock);
          }
          for (const [index, clock] of naive.resolution.entries()) {
            if (of('resolution', index + 1) !== undefined || index === resolution - 1)
              compare(of('resolution', index + 1), clock);
          }
        }
      }),
      { seed: 20260329, numRuns: 1300 },
    );
    // The cases must have met what they are about, or agreement would prove little.
    expect(seen.breached).toBeGreaterThan(3000);
    expect(seen.stood).toBeGreaterThan(1000);
    expect(seen.again).toBeGreaterThan(1000);
  });

  it('are due at the minute at which the walk has counted them down', { timeout: 60_000 }, () => {
    let answered = 0;
    fc.assert(
      fc.property(situation, ({ window, calendar, stories }) => {
        const walk = new MinuteWalk(calendar, window);
        for (const one of stories) {
          const desk = play(calendar, walk, { ...one, happenings: [] }, one.created + 1);
          const due = walk.add(one.created, one.goal);
          if (due === undefined) continue;
          answered++;
          expect(desk.clock('resolution').due).toBe(due);
        }
      }),
      { seed: 20261025, numRuns: 400 },
    );
    expect(answered).toBeGreaterThan(2000);
  });
});
