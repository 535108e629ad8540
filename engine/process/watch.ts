import { holds } from '../conditions/evaluate.ts';
import type { DomainEvent } from '../model/event.ts';
import type { Watch } from '../schema/process.ts';
import { type Draft, note, valuesOf } from './draft.ts';
import { finish } from './tokens.ts';

/**
 * Looks whether an event, or what it changed, meets an exit or then a goal, and ends the instance there. `start` is the look at
 * the beginning: only conditions on the subject count, since the event is the trigger itself.
 * @returns whether the instance ended.
 */
export function watch(draft: Draft, event: DomainEvent, look: 'start' | 'event'): boolean {
  const { exits, goals } = draft.compiled.process;
  return meets(draft, exits, 'exit', event, look) || meets(draft, goals, 'goal', event, look);
}

function meets(
  draft: Draft,
  watches: readonly Watch[],
  kind: 'exit' | 'goal',
  event: DomainEvent,
  look: 'start' | 'event',
): boolean {
  for (const one of watches) {
    if (one.event === undefined ? one.when === undefined : look === 'start' || one.event !== event.name) continue;
    const detail = { event: event.name, eventId: event.id };
    if (one.when === undefined) {
      note(draft, kind, undefined, { ...detail, outcome: one.outcome });
      finish(draft, one.outcome);
      return true;
    }
    const verdict = holds(one.when, valuesOf(draft, event));
    if (verdict.ok && verdict.value) {
      note(draft, kind, undefined, { ...detail, when: one.when, read: verdict.read, outcome: one.outcome });
      finish(draft, one.outcome);
      return true;
    }
    // What is not there yet cannot be reached yet; any other failure is shown, and the instance goes on without it.
    if (!verdict.ok && verdict.code !== 'CONDITION_FIELD_MISSING') {
      note(draft, 'incident', undefined, {
        ...detail,
        watch: kind,
        when: one.when,
        code: verdict.code,
        message: verdict.message,
      });
    }
  }
  return false;
}
