import type { Advance } from '../model/advance.ts';
import type { Context } from '../model/context.ts';
import type { Control, EngineEvent } from '../model/event.ts';
import { takeOnce } from '../model/seen.ts';
import type { InstanceState } from '../model/state.ts';
import type { Process } from '../schema/index.ts';
import { cancel, isImmediate, pause, resume, retry, skip } from './control.ts';
import { closeDraft, type Draft, keyOf, moveTo, note, openDraft } from './draft.ts';
import { receive } from './inbox.ts';
import { fireTimers } from './timers.ts';
import { fail, launch, settle, signal } from './tokens.ts';
import { watch } from './watch.ts';

/**
 * What one event does to one instance. Pure: the same arguments give the same answer, and none of them is changed.
 *
 * Events that were taken before (by `seq`), and answers to effects that nobody waits for, do nothing. A shell that has
 * both an event and a due timer hands over the event first: an event later than the deadline lets the timer go ahead here.
 * @param now epoch ms of the decision: what `now` is in conditions.
 * @throws RangeError only when state and process do not belong together.
 */
export function advance(
  process: Process,
  state: InstanceState,
  event: EngineEvent,
  context: Context,
  now: number,
): Advance {
  const draft = openDraft(process, state, context, now);
  if (draft.state.status !== 'ended' && takeOnce(draft.state, event)) {
    if (draft.state.status === 'paused' && !actsAtOnce(event)) hold(draft, event);
    else take(draft, event);
  }
  return closeDraft(draft);
}

function actsAtOnce(event: EngineEvent): boolean {
  return event.type === 'control' && isImmediate(event.control);
}

/** Paused instances keep what comes, in order. A timer needs no keeping: its deadline stays. */
function hold({ state }: Draft, event: EngineEvent): void {
  if (event.type !== 'due') state.held = [...state.held, event];
}

function take(draft: Draft, event: EngineEvent): void {
  const { state } = draft;
  if (state.status !== 'running' && !actsAtOnce(event)) return;
  const { trigger } = state;
  switch (event.type) {
    case 'started':
      if (state.nextToken > 1) return;
      moveTo(draft, Math.min(trigger.occurredAt, event.at));
      note(draft, 'started', undefined, {
        event: trigger.name,
        eventId: trigger.id,
        version: state.definition.version,
      });
      if (watch(draft, trigger, 'start')) return;
      launch(draft, draft.compiled.first);
      settle(draft);
      return;
    case 'due':
      fireTimers(draft, event.at);
      return;
    case 'received': {
      const happened = Math.min(event.event.occurredAt, event.at);
      fireTimers(draft, happened, true);
      if (state.status !== 'running') return;
      moveTo(draft, happened);
      receive(draft, event.event);
      return;
    }
    case 'performed':
    case 'failed': {
      const token = state.tokens.find((one) => one.phase === 'performing' && keyOf(state, one) === event.key);
      if (token === undefined) return;
      moveTo(draft, Math.max(event.at, token.since));
      if (event.type === 'failed') fail(draft, token, event.error);
      else signal(draft, token, { type: 'performed', result: event.result });
      settle(draft);
      return;
    }
    case 'control':
      moveTo(draft, event.at);
      obey(draft, event.control);
      return;
  }
}

function obey(draft: Draft, control: Control): void {
  const { state } = draft;
  switch (control.do) {
    case 'pause':
      if (state.status === 'running') pause(draft, control.by);
      return;
    case 'resume':
      if (state.status === 'paused') goOn(draft, control.by, control.extend ?? false);
      return;
    case 'cancel':
      cancel(draft, control.by, control.reason);
      return;
    case 'retry':
      retry(draft, control.by, control.token);
      return;
    case 'skip':
      skip(draft, control.by, control.token, control.exit);
      return;
  }
}

/** Plays what came during the pause, in order and among the timers that were due in it, as of the moment of the resume. */
function goOn(draft: Draft, by: string, extend: boolean): void {
  const { state, at } = draft;
  const held = state.held;
  state.held = [];
  resume(draft, by, extend);
  draft.floor = at;
  for (const event of held) take(draft, event);
  if (state.status === 'running') fireTimers(draft, at);
}
