import type { Control } from '../model/event.ts';
import { isOpen } from './clock.ts';
import { type ClockDraft, note } from './draft.ts';
import { ask } from './effects.ts';
import { drop, review } from './review.ts';

/** Carries out a person's order. Clocks measure what was promised to the customer: no order makes them stand. */
export function obey(draft: ClockDraft, control: Control): void {
  const { state } = draft;
  switch (control.do) {
    case 'pause':
    case 'resume':
      note(draft, 'skipped', { by: control.by, control: control.do, reason: 'clocks are not paused' });
      return;
    case 'cancel':
      draft.by = control.by;
      note(draft, 'cancelled', { by: control.by, ...(control.reason !== undefined && { reason: control.reason }) });
      for (const clock of state.clocks) if (isOpen(clock)) drop(draft, clock, control.reason ?? 'cancelled');
      Object.assign(state, { ending: 'cancelled', asked: [], incidents: [] });
      return;
    case 'retry':
      retry(draft, control.by);
      return;
    case 'skip':
      if (state.incidents.length > 0)
        note(draft, 'skipped', { by: control.by, keys: state.incidents.map((one) => one.key) });
      state.incidents = [];
      return;
  }
}

/** Asks for everything that failed once more, under the same keys. */
function retry(draft: ClockDraft, by: string): void {
  const { state } = draft;
  const { incidents } = state;
  if (incidents.length === 0) return;
  draft.by = by;
  state.incidents = [];
  note(draft, 'retried', { by, keys: incidents.map(({ key }) => key) });
  for (const { effect } of incidents) if (effect !== undefined) ask(draft, effect);
  if (state.ending === undefined) review(draft, 'retried');
}
