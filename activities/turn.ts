import type { LiveLibrary } from '../delivery/library.ts';
import { groupBy } from '../engine/group-by.ts';
import type { Effect } from '../engine/model/effects.ts';
import type { Instance } from '../engine/model/state.ts';
import { dropDecisions, recordDecision } from '../store/decisions.ts';
import { projectInstances } from '../store/instances.ts';
import { recordTimeline } from '../store/journal.ts';
import type { JournalEntry } from '../store/models/journal.ts';
import type { Company } from './company.ts';
import type { Arrival, Hosted, TurnInput, TurnResult } from './contract.ts';
import { Desk } from './desk.ts';
import type { EffectDeps, EffectServices } from './effects/effect.ts';
import { isSlow } from './effects/index.ts';
import { performAll, toArrival } from './perform.ts';
import { deadlineOf, move, start } from './reducers/index.ts';
import type { Move } from './reducers/reducer.ts';

/**
 * One turn: decides for its instances, makes the decision durable, performs it, and goes on with the answers until every
 * instance waits. It may run again, or twice at once, under the same key: then what the first run decided counts, effects
 * find themselves by their keys, and what came since is decided after it.
 */
export async function takeTurn(
  input: TurnInput,
  services: EffectServices & Company,
  library: LiveLibrary,
  curious: Set<string>,
): Promise<TurnResult> {
  // Whole seconds, as deadlines have: what a timer does happens at its deadline, and journeys do not drift by milliseconds.
  const now = Math.floor(services.clock.toVirtual(input.now) / 1_000) * 1_000;
  const deps = { ...services, now };
  const desk = new Desk(services, now, library, curious);
  const earlierStates = input.states.map((text): Instance => JSON.parse(text));
  const before = new Map(earlierStates.map((state) => [state.id, state]));
  const states = new Map(before);
  await desk.load(input.entrants);
  for (const entrant of input.entrants) states.set(entrant.id, start(entrant, desk));
  const slow: Effect[] = [];
  const settled = isTimeToSettle(input) ? input.settle : [];
  const settle = input.settle.slice(settled.length);
  const timeline: JournalEntry[] = [];

  const decide = async (moving: readonly Instance[], arrivals: readonly Arrival[]): Promise<Move[]> => {
    const mine = groupBy(arrivals, ({ instance }) => instance);
    // Once more when a definition looks at a contact for the first time: it is read now.
    for (;;) {
      await desk.load(moving);
      const moves = moving.map((state) => move(state, mine.get(state.id) ?? [], desk));
      if (!desk.hasMissed) return moves;
    }
  };

  let moving = [...states.values()];
  let arrivals = input.arrivals;
  for (let link = 0; ; link += 1) {
    const id = `${input.key}/${link}`;
    const moves = await decide(moving, arrivals);
    const own = {
      at: now,
      states: moves.map(({ state }) => state),
      effects: moves.flatMap(({ effects }) => effects),
      timeline: moves.flatMap(told),
    };
    const earlier = await recordDecision(id, own);
    const { at, states: decided, effects, timeline: entries } = earlier ?? own;
    if (effects.length > 0) settle.push(id);
    timeline.push(...entries);
    for (const state of decided) states.set(state.id, state);
    const { answers, later } = await perform(effects, at, deps);
    slow.push(...later);
    desk.forget(effects, states);
    if (earlier === null && answers.length === 0) break;
    // An earlier run may not have seen all that this one has: everything is applied after its decision once more.
    arrivals = earlier ? [...answers, ...arrivals] : answers;
    const answered = new Set(answers.map(({ instance }) => instance));
    moving = [...states.values()].filter(({ id }) => earlier !== null || answered.has(id));
  }

  await Promise.all([recordTimeline(input.key, timeline, now), dropDecisions(settled)]);
  await projectInstances(
    [...states.values()].map((after) => ({ before: before.get(after.id) ?? null, after })),
    now,
  );
  const running = [...states.values()].filter(({ status }) => status !== 'ended');
  return {
    hosted: running.map((state) => host(state, services)),
    ended: [...states.values()].filter(({ status }) => status === 'ended').map(({ id }) => id),
    slow,
    settle,
  };
}

/** So many decisions are let go of together: a lone instance would spend too much on each. Those of as many instances are large. */
const many = 4;

function isTimeToSettle({ settle, entrants, states }: TurnInput): boolean {
  return settle.length >= many || entrants.length + states.length >= many;
}

function told({ state, timeline }: Move): JournalEntry[] {
  return timeline.map((entry) => ({ instance: state.id, ...entry }));
}

/**
 * Performs what can be done at once. What is slow, or must be tried again, is for later. Answers count from the decision
 * on, also in the run after a crash: the next step begins when it would have begun without.
 */
async function perform(
  effects: readonly Effect[],
  at: number,
  deps: EffectDeps,
): Promise<{ answers: Arrival[]; later: Effect[] }> {
  const later = effects.filter(isSlow);
  const quick = effects.filter((effect) => !isSlow(effect));
  const outcomes = await performAll(quick, deps);
  const answers: Arrival[] = [];
  for (const [index, effect] of quick.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined || outcome.status === 'again') later.push(effect);
    else answers.push(toArrival(effect, outcome, at));
  }
  return { answers, later };
}

function host(state: Instance, { clock }: EffectServices): Hosted {
  const deadline = deadlineOf(state);
  return { id: state.id, wake: deadline === null ? null : clock.toReal(deadline), state: JSON.stringify(state) };
}
