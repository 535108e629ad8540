import type { LiveLibrary } from '../delivery/library.ts';
import { VoronkaError } from '../engine/errors/error.ts';
import { hash32 } from '../engine/hash.ts';
import type { Effect } from '../engine/model/effects.ts';
import type { InstanceState } from '../engine/model/state.ts';
import { startInstance } from '../engine/process/start.ts';
import type { Process } from '../engine/schema/index.ts';
import { projectInstances } from '../store/instances.ts';
import { recordDecision } from '../store/journal.ts';
import type { Company } from './company.ts';
import { ContactReader } from './contacts.ts';
import type { Arrival, Entrant, Hosted, TurnInput, TurnResult } from './contract.ts';
import type { EffectDeps, EffectServices } from './effects/effect.ts';
import { changesContact, isSlow } from './effects/index.ts';
import { deadlineOf, type Move, moveInstance } from './move.ts';
import { performAll, toArrival } from './perform.ts';

/**
 * One turn: decides for its instances, makes the decision durable in the journal, performs it, and goes on with the
 * answers until every instance waits. It may run again, or twice at once, under the same key: then what the first run
 * decided counts, effects find themselves by their keys, and what came since is decided after it.
 */
export async function takeTurn(
  input: TurnInput,
  services: EffectServices & Company,
  library: LiveLibrary,
): Promise<TurnResult> {
  const { calendars, policy } = services;
  // Whole seconds, as deadlines have: what a timer does happens at its deadline, and journeys do not drift by milliseconds.
  const now = Math.floor(services.clock.toVirtual(input.now) / 1_000) * 1_000;
  const deps = { ...services, now };
  const processes = await processesOf([...input.states, ...input.entrants], library);
  const before = new Map(input.states.map((state) => [state.id, state]));
  const states = new Map(before);
  for (const entrant of input.entrants) states.set(entrant.id, begin(entrant, processes(entrant), now));
  const contacts = new ContactReader();
  const slow: Effect[] = [];
  const settle: string[] = [];

  const decide = async (moving: readonly InstanceState[], arrivals: readonly Arrival[]): Promise<Move[]> => {
    await contacts.load(moving.map(({ subject }) => subject.contactId));
    const mine = byInstance(arrivals);
    return moving.map((state) => {
      const contact = contacts.get(state.subject.contactId);
      const context = contact && { contact, calendars, policy };
      return moveInstance(processes(state), state, mine.get(state.id) ?? [], context, now);
    });
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
    };
    const earlier = await recordDecision(id, moves, own, link === 0 ? input.settle : []);
    settle.push(id);
    const { at, states: decided, effects } = earlier ?? own;
    for (const state of decided) states.set(state.id, state);
    const { answers, later } = await perform(effects, at, deps);
    slow.push(...later);
    for (const effect of effects) if (changesContact(effect)) contacts.forget(contactOf(effect, states));
    if (earlier === null && answers.length === 0) break;
    // An earlier run may not have seen all that this one has: everything is applied after its decision once more.
    arrivals = earlier ? [...answers, ...arrivals] : answers;
    const answered = new Set(answers.map(({ instance }) => instance));
    moving = [...states.values()].filter(({ id }) => earlier !== null || answered.has(id));
  }

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

type Definable = Pick<InstanceState, 'definition'>;

/** @throws VoronkaError DEFINITION_NOT_FOUND, retryable: a version that an instance holds is never deleted. */
async function processesOf(
  instances: readonly Definable[],
  library: LiveLibrary,
): Promise<(instance: Definable) => Process> {
  const known = await library.processes(instances.map(({ definition }) => definition.hash));
  return ({ definition: { key, version, hash } }) => {
    const process = known.get(hash);
    if (process) return process;
    throw new VoronkaError('DEFINITION_NOT_FOUND', `version ${version} of "${key}" (${hash}) cannot be read`, {
      retryable: true,
    });
  };
}

function begin(entrant: Entrant, process: Process, now: number): InstanceState {
  const { vars, ...start } = entrant;
  return { ...startInstance({ ...start, process, now, seed: hash32(entrant.id) }), vars };
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

function byInstance(arrivals: readonly Arrival[]): Map<string, Arrival[]> {
  const groups = new Map<string, Arrival[]>();
  for (const arrival of arrivals) {
    const group = groups.get(arrival.instance);
    if (group) group.push(arrival);
    else groups.set(arrival.instance, [arrival]);
  }
  return groups;
}

function contactOf(effect: Effect, states: ReadonlyMap<string, InstanceState>): string {
  return states.get(effect.instance)?.subject.contactId ?? '';
}

function host(state: InstanceState, { clock }: EffectServices): Hosted {
  const deadline = deadlineOf(state);
  return { state, wake: deadline === null ? null : clock.toReal(deadline), size: JSON.stringify(state).length };
}
