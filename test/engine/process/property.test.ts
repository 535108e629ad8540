import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import type { EngineEvent } from '../../../engine/model/event.ts';
import type { InstanceState } from '../../../engine/model/state.ts';
import { advance } from '../../../engine/process/advance.ts';
import type { Process } from '../../../engine/schema/index.ts';
import { anna, end, Journey, monday, processOf } from './journey.ts';

const maxVisits = 4;
const names = ['page.viewed', 'order.placed', 'mail.replied'];
const short = fc.constantFrom('PT0S', 'PT1M', 'PT10M', 'PT1H', 'P1D');

/** A step without its id and its way on. */
const simple: fc.Arbitrary<JsonObject> = fc.oneof(
  short.map((time) => ({ type: 'wait', for: time })),
  fc
    .record({ event: fc.constantFrom(...names), within: short, since: fc.constantFrom('entry') })
    .map((one) => ({ type: 'wait-for-event', ...one })),
  fc.constantFrom(...names).map((event) => ({ type: 'wait-for-event', event, when: 'event.n > 1' })),
  fc
    .constantFrom('trigger.n > 1', 'contact.owner == "x"', 'true')
    .map((when) => ({ type: 'branch', cases: [{ name: 'yes', when }] })),
  fc.constant({ type: 'split', arms: { a: 1, b: 2 } }),
  fc.constant({ type: 'adjust-score', points: 1 }),
  fc.constant({ type: 'send-message', channel: 'email', template: 'hello' }),
  fc.constant({ type: 'http-request', url: 'https://example.com', into: 'answer' }),
  fc.constant({ type: 'end', outcome: 'ended' }),
);

type Draft = JsonObject | { lists: Draft[][]; join: 'all' | 'any' | 'repeat' };

const { list } = fc.letrec<{ list: Draft[]; step: Draft }>((tie) => ({
  list: fc.array(tie('step'), { minLength: 1, maxLength: 4 }),
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    simple,
    fc.record({
      lists: fc.array(tie('list'), { minLength: 2, maxLength: 3 }),
      join: fc.constantFrom('all', 'any', 'repeat'),
    }),
  ),
}));

function build(drafts: readonly Draft[], count: { n: number }, jumps: readonly number[]): JsonObject[] {
  const ids = drafts.map(() => `s${count.n++}`);
  return drafts.map((draft, index): JsonObject => {
    const id = ids[index] ?? '';
    const jump = jumps[(count.n + index) % jumps.length] ?? 0;
    const next: JsonObject = jump % 3 === 0 ? { next: ids[jump % ids.length] ?? id } : {};
    if (!isContainer(draft)) return { id, ...draft, ...(draft.type === 'end' ? {} : next) };
    if (draft.join === 'repeat') {
      return {
        id,
        type: 'repeat',
        max: 3,
        until: 'contact.score.total > 90',
        steps: build(draft.lists[0] ?? [], count, jumps),
      };
    }
    const branches = Object.fromEntries(draft.lists.map((one, n) => [`b${n}`, build(one, count, jumps)]));
    return { id, type: 'parallel', join: draft.join, branches };
  });
}

function isContainer(draft: Draft): draft is Extract<Draft, { lists: Draft[][] }> {
  return 'lists' in draft && Array.isArray(draft.lists);
}

const processes = fc.tuple(list, fc.array(fc.nat(20), { minLength: 5, maxLength: 5 })).map(([drafts, jumps]) =>
  processOf(build(drafts, { n: 0 }, jumps), {
    settings: { maxVisits },
    goals: [{ event: 'goal.met', outcome: 'met' }],
  }),
);

type Happening =
  | { kind: 'due' }
  | { kind: 'event'; name: string; n: number; late: number }
  | { kind: 'answer'; which: number; ok: boolean; result: JsonObject }
  | { kind: 'control'; control: 'pause' | 'resume' | 'retry' | 'skip' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constant<Happening>({ kind: 'due' }),
  fc.record({
    kind: fc.constant('event' as const),
    name: fc.constantFrom(...names, 'goal.met'),
    n: fc.nat(3),
    late: fc.nat(7_200_000),
  }),
  fc.record({
    kind: fc.constant('answer' as const),
    which: fc.nat(3),
    ok: fc.boolean(),
    result: fc.constantFrom<JsonObject>(
      { verdict: 'sent' },
      { verdict: 'deferred', until: monday + 90_000_000, reason: 'cap' },
      { status: 500 },
    ),
  }),
  fc.record({ kind: fc.constant('control' as const), control: fc.constantFrom('pause', 'resume', 'retry', 'skip') }),
);
const happenings = fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000_000 }), happening), { maxLength: 25 });

/** Turns what happens into events of the engine: the nth answer goes to the nth effect that is still open. */
function play(
  process: Process,
  script: readonly (readonly [number, Happening])[],
  each: (journey: Journey, event: EngineEvent, before: InstanceState) => void,
): Journey {
  const journey = Journey.begin(process, { trigger: { n: 2 } });
  let seq = 1;
  for (const [ms, what] of script) {
    journey.now += ms;
    seq += 1;
    const before = journey.state;
    const event = toEvent(journey, what, seq);
    if (event === null) continue;
    journey.move(event);
    each(journey, event, before);
  }
  return journey;
}

function toEvent(journey: Journey, what: Happening, seq: number): EngineEvent | null {
  const at = journey.now;
  if (what.kind === 'due') return { type: 'due', at };
  if (what.kind === 'control') return { type: 'control', at, seq, control: { do: what.control, by: 'boss' } };
  if (what.kind === 'event') {
    return {
      type: 'received',
      at,
      event: { id: `e${seq}`, name: what.name, occurredAt: at - what.late, seq, data: { n: what.n } },
    };
  }
  const open = journey.state.tokens.filter(({ phase }) => phase === 'performing');
  const token = open[what.which % Math.max(open.length, 1)];
  if (token === undefined) return null;
  const key = `i/${token.step}/${token.visit}`;
  return what.ok
    ? { type: 'performed', at, key, result: what.result }
    : { type: 'failed', at, key, error: { code: 'x', message: 'x' } };
}

describe('advance, for any process and any events', () => {
  it('never throws, keeps plain JSON, bounds visits, and never changes what it was given', () => {
    fc.assert(
      fc.property(processes, happenings, (process, script) => {
        const journey = play(process, script, ({ state, last }, _event, before) => {
          expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
          expect(JSON.parse(JSON.stringify(last.timeline))).toStrictEqual(last.timeline);
          expect(Math.max(0, ...Object.values(state.visits))).toBeLessThanOrEqual(maxVisits + 1 + script.length);
          expect(state.entries).toBe(before.entries + last.timeline.length);
          for (const effect of last.effects)
            expect(
              state.tokens.some(({ phase, step }) => phase === 'performing' && effect.key.includes(`/${step}/`)),
            ).toBe(true);
          if (state.status === 'ended') expect(state.tokens).toEqual([]);
          else expect(state.tokens.length).toBeGreaterThan(0);
        });
        expect(journey.timeline.map(({ n }) => n)).toEqual(journey.timeline.map((_, index) => index + 1));
      }),
      { numRuns: 300 },
    );
  });

  it('is pure: the same arguments give the same answer and are left as they were', () => {
    fc.assert(
      fc.property(processes, happenings, (process, script) => {
        play(process, script, (journey, event, before) => {
          const frozen = JSON.stringify(before);
          const { library } = journey;
          const context = { contact: anna, calendars: library.calendars, policy: library.policy };
          expect(advance(process, before, event, context, journey.now)).toEqual(journey.last);
          expect(JSON.stringify(before)).toBe(frozen);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('takes nothing twice: each event, control and answer that comes again does nothing', () => {
    fc.assert(
      fc.property(processes, happenings, (process, script) => {
        play(process, script, (journey, event, before) => {
          const held = before.status === 'paused' && (event.type === 'performed' || event.type === 'failed');
          const again =
            event.type === 'due' || held || (event.type === 'performed' && stillAsks(journey.state, event.key));
          if (again) return;
          const { library } = journey;
          const context = { contact: anna, calendars: library.calendars, policy: library.policy };
          const second = advance(process, journey.state, event, context, journey.now);
          expect(second.state).toEqual(journey.state);
          expect(second.effects).toEqual([]);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing by a pause: a pause and resume at one instant changes neither where it stands nor when', () => {
    fc.assert(
      fc.property(processes, happenings, (process, script) => {
        const calm = script.filter(([, what]) => what.kind !== 'control');
        const journey = play(process, calm, () => {});
        const { at, last, state } = journey;
        if (state.status === 'ended' || (last.deadline ?? Number.POSITIVE_INFINITY) <= journey.now) return;
        journey.control({ do: 'pause', by: 'boss' }).control({ do: 'resume', by: 'boss' });
        expect([journey.at, journey.last.deadline, journey.state.inbox]).toEqual([at, last.deadline, state.inbox]);
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing by a pause: goals met during it are met at the resume', () => {
    fc.assert(
      fc.property(processes, (process) => {
        const journey = Journey.begin(process, { trigger: { n: 2 } }).control({ do: 'pause', by: 'boss' });
        if (journey.state.status === 'ended') return;
        for (const name of names) journey.event(name, { n: 2 });
        expect(journey.state.held).toHaveLength(names.length);
        journey.event('goal.met').control({ do: 'resume', by: 'boss' });
        expect(journey.state.status).toBe('ended');
        expect(journey.state.held).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

/** A step may ask for its effect again under the same key, as a deferred message does. */
function stillAsks(state: InstanceState, key: string): boolean {
  return state.tokens.some(({ phase, step, visit }) => phase === 'performing' && key === `i/${step}/${visit}`);
}

describe('a process of the property', () => {
  it('is one that the schema takes', () => {
    expect(
      processOf(build([{ lists: [[{ type: 'wait', for: 'PT1H' }], [end('x')]], join: 'any' }], { n: 0 }, [1])).steps,
    ).toHaveLength(1);
  });
});
