import { VoronkaError } from '../../engine/errors/error.ts';
import type { ClockState } from '../../engine/model/clock.ts';
import type { EffectError, EngineEvent } from '../../engine/model/event.ts';
import { advanceClock } from '../../engine/sla/advance.ts';
import type { ClockContext } from '../../engine/sla/context.ts';
import { clockDeadline } from '../../engine/sla/draft.ts';
import { ticketOf } from '../../engine/sla/snapshot.ts';
import { startClocks } from '../../engine/sla/start.ts';
import type { Arrival } from '../contract.ts';
import { inOrder } from '../move.ts';
import { contactGone } from './process.ts';
import type { Move, Reducer } from './reducer.ts';

/** The clocks of tickets. */
export const clockReducer: Reducer<ClockState> = {
  /** @throws VoronkaError TICKET_NOT_FOUND: the intake lets clocks in together with their ticket */
  start({ id, subject, trigger }, desk) {
    const ticket = ticketOf(trigger) ?? desk.ticket(subject);
    if (ticket === undefined)
      throw new VoronkaError('TICKET_NOT_FOUND', `the clocks ${id} have no ticket ${subject.id}`);
    return startClocks({ id, ticket, trigger, now: desk.now });
  },
  move(state, arrivals, desk) {
    if (state.status === 'ended') return { state, effects: [], timeline: [] };
    const contact = desk.contact(state.subject);
    if (contact === undefined) return stop(state, desk.now, contactGone);
    try {
      const { policies, calendars } = desk.company.sla;
      const pinned = (hash: string) => desk.calendar(hash);
      return apply(goOn(state), arrivals, { contact, policies, calendars, pinned }, desk.now);
    } catch (error) {
      return stop(state, desk.now, {
        code: 'STEP_FAILED',
        message: error instanceof Error ? error.message : `${error}`,
      });
    }
  },
  deadline(state) {
    return state.incidents.some(({ key }) => key === stopOf(state)) ? null : clockDeadline(state);
  },
};

function apply(state: ClockState, arrivals: readonly Arrival[], context: ClockContext, now: number): Move<ClockState> {
  const move: Move<ClockState> = { state, effects: [], timeline: [] };
  const take = (event: EngineEvent) => {
    const { state: after, effects, timeline } = advanceClock(move.state, event, context, now);
    move.state = after;
    move.effects.push(...effects);
    move.timeline.push(...timeline);
  };
  if (state.entries === 0) take({ type: 'started', at: now });
  for (const event of inOrder(arrivals, now)) take(event);
  const deadline = clockDeadline(move.state);
  if (deadline !== null && deadline <= now) take({ type: 'due', at: now });
  return move;
}

/** The clocks as they are, with an incident: whatever comes next for them is another try. */
function stop(before: ClockState, now: number, error: EffectError): Move<ClockState> {
  const state = goOn(before);
  const key = stopOf(state);
  const entries = state.entries + 1;
  return {
    state: { ...state, entries, incidents: [...state.incidents, { ...error, at: now, key }] },
    effects: [],
    timeline: [{ n: entries, at: now, kind: 'incident', detail: { ...error, key } }],
  };
}

function goOn(state: ClockState): ClockState {
  return { ...state, incidents: state.incidents.filter(({ key }) => key !== stopOf(state)) };
}

/** Key of the incident at which clocks stand that could not be moved at all. */
function stopOf({ id }: ClockState): string {
  return `${id}/stopped`;
}
