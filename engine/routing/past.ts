import type { EffectResult } from '../model/event.ts';

/** What a step's earlier visits in the same instance came to. */
export interface Past {
  /** Who was asked in this round and did not accept. A round ends when nobody is left to ask; then all may be asked again. */
  tried: readonly string[];
  /** The team of the ticket before it came into the nobody-queue. */
  home: string | null;
}

/** No step looks further back: more people are never asked in one round. */
export const lookBack = 20;

/** @param answers of the earlier visits, the latest last; undefined for a visit that got none. */
export function pastOf(answers: readonly (EffectResult | undefined)[]): Past {
  const results = answers.filter((answer) => answer !== undefined);
  const tried: string[] = [];
  for (let index = results.length - 1; index >= 0; index -= 1) {
    const user = results[index]?.user;
    if (typeof user !== 'string') break;
    tried.unshift(user);
  }
  const home = results.at(-1)?.home;
  return { tried, home: typeof home === 'string' ? home : null };
}

/** Keys of the earlier visits that count, the latest last. @param key `instance/step/visit`. */
export function earlierKeys(key: string): string[] {
  const slash = key.lastIndexOf('/');
  const visit = Number(key.slice(slash + 1));
  const step = key.slice(0, slash);
  const first = Math.max(1, visit - lookBack);
  return Array.from({ length: Math.max(0, visit - first) }, (_, index) => `${step}/${first + index}`);
}
