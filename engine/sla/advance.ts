import type { Advance } from '../model/advance.ts';
import type { ClockState } from '../model/clock.ts';
import type { DomainEvent, EngineEvent } from '../model/event.ts';
import { takeOnce } from '../model/seen.ts';
import { isOpen } from './clock.ts';
import type { ClockContext } from './context.ts';
import { obey } from './control.ts';
import { type ClockDraft, closeDraft, moveTo, note, openDraft } from './draft.ts';
import { drop, review } from './review.ts';
import { ticketOf } from './snapshot.ts';
import { fireTimers } from './timers.ts';

/**
 * What one event does to the clocks of one ticket. Pure: the same arguments give the same answer, and none of them is changed.
 *
 * Events that were taken before (by `seq`), those of other tickets, and answers that nobody waits for do nothing. What counts is
 * when an event occurred, though never earlier than what was counted already. An event comes before the timers of its instant.
 * The clocks of a closed ticket end once all that they asked for is answered.
 * @param now epoch ms of the decision.
 * @throws RangeError when `context.pinned` does not know a calendar version that a clock goes by.
 */
export function advanceClock(
  state: ClockState,
  event: EngineEvent,
  context: ClockContext,
  now: number,
): Advance<ClockState> {
  const draft = openDraft(state, context, now);
  if (draft.state.status !== 'ended' && takeOnce(draft.state, event)) take(draft, event);
  return closeDraft(draft);
}

function take(draft: ClockDraft, event: EngineEvent): void {
  const { state } = draft;
  switch (event.type) {
    case 'started':
      if (state.entries > 0) return;
      note(draft, 'started', { event: state.trigger.name, eventId: state.trigger.id });
      happen(draft, state.trigger);
      break;
    case 'due':
      fireTimers(draft, event.at);
      return;
    case 'received':
      if (ticketOf(event.event)?.id !== state.ticket.id) return;
      fireTimers(draft, Math.min(event.event.occurredAt, event.at), true);
      moveTo(draft, Math.min(event.event.occurredAt, event.at));
      happen(draft, event.event);
      break;
    case 'performed':
    case 'failed':
      if (!answer(draft, event)) return;
      break;
    case 'control':
      fireTimers(draft, event.at, true);
      moveTo(draft, event.at);
      obey(draft, event.control);
      break;
  }
  endWhenDone(draft);
}

/** Takes in what happened to the ticket; the snapshot that the event carries decides. */
function happen(draft: ClockDraft, event: DomainEvent): void {
  const { state } = draft;
  const { name, data } = event;
  if (typeof data.by === 'string') draft.by = data.by;
  state.ticket = ticketOf(event) ?? state.ticket;
  if (name === 'ticket.agent-replied') {
    state.answered = true;
    state.unansweredSince = null;
  }
  if (name === 'ticket.customer-replied' && data.auto !== true && state.answered) state.unansweredSince ??= state.at;
  if (name === 'ticket.merged') {
    for (const clock of state.clocks) if (isOpen(clock)) drop(draft, clock, name);
    state.ending = 'merged';
  }
  if (state.ending !== undefined) return;
  review(draft, name);
  if (state.ticket.status === 'closed') state.ending = 'closed';
}

/** An effect was performed, or failed for good: then it stands as an incident until somebody decides. */
function answer(draft: ClockDraft, event: Extract<EngineEvent, { type: 'performed' | 'failed' }>): boolean {
  const { state } = draft;
  const effect = state.asked.find(({ key }) => key === event.key);
  if (effect === undefined) return false;
  state.asked = state.asked.filter((one) => one !== effect);
  if (event.type === 'failed') {
    const { code, message } = event.error;
    state.incidents.push({ code, message, at: event.at, key: effect.key, effect });
    note(draft, 'incident', { code, message, key: effect.key });
  }
  return true;
}

function endWhenDone(draft: ClockDraft): void {
  const { state } = draft;
  if (state.ending === undefined || state.asked.length > 0 || state.incidents.length > 0) return;
  Object.assign(state, { status: 'ended', outcome: state.ending, endedAt: state.at });
  note(draft, 'ended', { outcome: state.ending });
}
