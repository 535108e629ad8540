import type { Context } from '../engine/model/context.ts';
import type { EffectError, EngineEvent } from '../engine/model/event.ts';
import type { InstanceState, Token } from '../engine/model/state.ts';
import { advance } from '../engine/process/advance.ts';
import { stillWanted } from '../engine/process/draft.ts';
import type { Process } from '../engine/schema/index.ts';
import type { Arrival } from './contract.ts';
import type { Move } from './reducers/reducer.ts';

/** The data that a decision reads, or why they are not there. */
export type Sight = { ok: true; context: Context } | { ok: false; error: EffectError };

/**
 * Moves one instance of a process by all that came for it: its start, controls, answers of effects, domain events in the order of
 * their numbers, and last its timer (an event that happened after the deadline lets the timer go ahead by itself).
 * Never throws: an instance that cannot be moved stands at an incident.
 */
export function moveInstance(
  process: Process,
  state: InstanceState,
  arrivals: readonly Arrival[],
  sight: Sight,
  now: number,
): Move<InstanceState> {
  if (state.status === 'ended') return { state, effects: [], timeline: [] };
  if (!sight.ok) return stop(process, state, now, sight.error);
  try {
    return apply(process, state, arrivals, sight.context, now);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return stop(process, state, now, { code: 'STEP_FAILED', message });
  }
}

function apply(
  process: Process,
  before: InstanceState,
  arrivals: readonly Arrival[],
  context: Context,
  now: number,
): Move<InstanceState> {
  const move: Move<InstanceState> = { state: before, effects: [], timeline: [] };
  const take = (event: EngineEvent) => {
    const { state, effects, timeline } = advance(process, move.state, event, context, now);
    move.state = state;
    move.effects.push(...effects);
    move.timeline.push(...timeline);
  };
  if (before.entries === 0) take({ type: 'started', at: now });
  for (const event of inOrder(arrivals, now)) take(event);
  const deadline = deadlineOf(move.state);
  if (deadline !== null && deadline <= now) take({ type: 'due', at: now });
  // A goal that came in the same turn has left the step which asked.
  return { ...move, effects: stillWanted(move.effects, move.state) };
}

/** Controls, then answers, then domain events in the order of their numbers. */
export function inOrder(arrivals: readonly Arrival[], now: number): EngineEvent[] {
  const controls: EngineEvent[] = [];
  const answers: EngineEvent[] = [];
  const events: Extract<EngineEvent, { type: 'received' }>[] = [];
  for (const arrival of arrivals) {
    if (arrival.type === 'event') events.push({ type: 'received', at: now, event: arrival.event });
    else if (arrival.type === 'control') controls.push({ ...arrival, at: now });
    else answers.push({ ...arrival, at: arrival.at ?? now });
  }
  events.sort((a, b) => a.event.seq - b.event.seq);
  return [...controls, ...answers, ...events];
}

/** Epoch ms of the earliest timer of a running instance. */
export function deadlineOf(state: InstanceState): number | null {
  if (state.status !== 'running') return null;
  return state.tokens.reduce<number | null>(
    (earliest, { deadline }) =>
      deadline === null ? earliest : earliest === null ? deadline : Math.min(earliest, deadline),
    null,
  );
}

/** An incident at every place where the instance stands. */
function stop(process: Process, state: InstanceState, now: number, error: EffectError): Move<InstanceState> {
  const incident = { ...error, at: now };
  const tokens = state.tokens.length > 0 ? state.tokens : [firstToken(process, now)];
  return {
    state: {
      ...state,
      tokens: tokens.map((token) => ({ ...token, phase: 'incident', deadline: null, incident })),
      nextToken: Math.max(state.nextToken, 2),
      entries: state.entries + 1,
    },
    effects: [],
    timeline: [{ n: state.entries + 1, at: now, kind: 'incident', step: tokens[0]?.step ?? '', detail: { ...error } }],
  };
}

/** Where an instance stands that could not even start. */
function firstToken(process: Process, now: number): Token {
  const step = process.steps[0]?.id ?? '';
  return { id: 1, step, visit: 1, phase: 'incident', data: {}, deadline: null, since: now };
}
