import type { DealMove } from '../api/deal-types.ts';

/** How long a deal stood in each stage so far, milliseconds, all its visits together. @param moves newest first */
export function timeSpent(moves: readonly Pick<DealMove, 'at' | 'to'>[], now: number): Map<string, number> {
  const spent = new Map<string, number>();
  for (const [index, { at, to }] of moves.entries()) {
    const next = moves[index - 1];
    const until = next === undefined ? now : Date.parse(next.at);
    spent.set(to, (spent.get(to) ?? 0) + Math.max(0, until - Date.parse(at)));
  }
  return spent;
}
