import type { DomainEvent } from '../model/event.ts';
import type { Draft } from './draft.ts';
import { settle, signal } from './tokens.ts';
import { watch } from './watch.ts';

/** So many early events are kept; the oldest go first. Only events that some step may take early are kept at all. */
export const inboxLimit = 100;

/** An event of the subject: exits, goals, then the steps that wait; what nobody takes is kept for a later step. */
export function receive(draft: Draft, event: DomainEvent): void {
  if (watch(draft, event, 'event')) return;
  if (offer(draft, event)) return;
  const { state, compiled } = draft;
  if (state.status === 'running' && compiled.kept.has(event.name)) {
    state.inbox = [...state.inbox, event].slice(-inboxLimit);
  }
}

/** @returns whether a step took the event: each is taken once. */
function offer(draft: Draft, event: DomainEvent): boolean {
  const { at, happened } = draft;
  for (const token of [...draft.state.tokens]) {
    if (token.phase !== 'waiting' || !draft.state.tokens.includes(token)) continue;
    // Nothing happens at a step before it was entered, however late an event arrives.
    draft.at = Math.max(at, token.since);
    draft.happened = Math.max(happened, draft.state.entered[token.step] ?? happened);
    const reaction = signal(draft, token, { type: 'received', event, at });
    const taken = reaction.do === 'leave' && reaction.take === event.id;
    settle(draft);
    if (taken || draft.state.status !== 'running') return taken;
  }
  Object.assign(draft, { at, happened });
  return false;
}
