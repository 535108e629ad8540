import type { Token } from '../model/state.ts';
import { type Draft, moveTo } from './draft.ts';
import { settle, signal } from './tokens.ts';

/**
 * Lets the timers up to `limit` fire, in the order of their deadlines, each as if it were that instant: a worker that was down
 * does not make the journey slower. `before`: only deadlines earlier than the limit, since an event at that very instant
 * comes first.
 */
export function fireTimers(draft: Draft, limit: number, before = false): void {
  for (;;) {
    const token = earliest(draft.state.tokens);
    if (token?.deadline == null) return;
    if (before ? token.deadline >= limit : token.deadline > limit) return;
    moveTo(draft, token.deadline);
    token.deadline = null;
    signal(draft, token, { type: 'due' });
    settle(draft);
  }
}

function earliest(tokens: readonly Token[]): Token | undefined {
  let first: Token | undefined;
  for (const token of tokens) {
    if (token.deadline !== null && (first?.deadline == null || token.deadline < first.deadline)) first = token;
  }
  return first;
}
