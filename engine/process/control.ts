import type { Control } from '../model/event.ts';
import type { Token } from '../model/state.ts';
import { compiledStep, type Draft, note } from './draft.ts';
import { abandon, enterAgain, finish, leave, settle } from './tokens.ts';

/** Orders that act at once, also on a paused instance. */
export type Immediate = Extract<Control, { do: 'pause' | 'resume' | 'cancel' }>;

export function isImmediate(control: Control): control is Immediate {
  return control.do === 'pause' || control.do === 'resume' || control.do === 'cancel';
}

export function pause(draft: Draft, by: string): void {
  draft.state.status = 'paused';
  draft.state.pausedAt = draft.at;
  note(draft, 'paused', undefined, { by });
}

export function cancel(draft: Draft, by: string, reason?: string): void {
  note(draft, 'cancelled', undefined, { by, ...(reason !== undefined && { reason }) });
  finish(draft, 'cancelled');
}

/** Ends the pause; with `extend` the timers move by its length. The caller plays what was held. */
export function resume(draft: Draft, by: string, extend: boolean): void {
  const { state } = draft;
  const length = draft.at - (state.pausedAt ?? draft.at);
  state.status = 'running';
  delete state.pausedAt;
  note(draft, 'resumed', undefined, { by, pausedFor: length, extend });
  if (!extend) return;
  const whole = Math.ceil(length / 1000) * 1000;
  for (const token of state.tokens) if (token.deadline !== null) token.deadline += whole;
}

/** Tries a step with an incident again: the effect is asked for under the same key. */
export function retry(draft: Draft, by: string, only?: number): void {
  for (const token of chosen(draft, (one) => one.phase === 'incident', only)) {
    note(draft, 'retried', token, { by });
    enterAgain(draft, token);
    settle(draft);
  }
}

/** Leaves a step without its doing: those with an incident, or else those that wait. */
export function skip(draft: Draft, by: string, only?: number, exit?: string): void {
  const stuck = chosen(draft, (one) => one.phase === 'incident', only);
  const containers = new Set(draft.state.tokens.map((token) => token.parent));
  const waiting = (one: Token) => one.phase === 'waiting' && (one.id === only || !containers.has(one.id));
  for (const token of stuck.length > 0 ? stuck : chosen(draft, waiting, only)) {
    if (!draft.state.tokens.includes(token)) continue;
    const { step, type } = compiledStep(draft, token.step);
    const way = exit ?? type.exits(step)[0] ?? 'done';
    note(draft, 'skipped', token, { by, exit: way });
    abandon(draft, token);
    leave(draft, token, way);
    settle(draft);
  }
}

function chosen({ state }: Draft, fits: (token: Token) => boolean, only?: number): Token[] {
  return state.tokens.filter((token) => fits(token) && (only === undefined || token.id === only));
}
