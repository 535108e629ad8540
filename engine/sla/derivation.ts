import { groupBy } from '../group-by.ts';
import type { Clock, ClockEntry, ClockState } from '../model/clock.ts';
import { consumedAt } from './clock.ts';
import type { PinnedCalendar } from './context.ts';

/** From one line of the ledger to the next: what held, and how much open time passed. Times are epoch milliseconds. */
export interface DerivationLine {
  from: number;
  /** Null: until now. */
  to: number | null;
  change: ClockEntry['change'];
  why: string;
  by?: string;
  status: ClockEntry['status'];
  /** Open milliseconds that had passed at `from`, and that passed until `to`. */
  before: number;
  counted: number;
  goal: number;
  due: number | null;
  policy: string;
  calendar?: string;
  escalation?: string;
}

/** How the due time of one clock comes about. */
export interface Derivation {
  target: Clock['target'];
  n: number;
  lines: DerivationLine[];
  /** The due time of the last line: open time left from it on, by its calendar. */
  due: number | null;
}

/**
 * The ledger as an explanation, clock by clock in the order of their first lines. A clock whose oldest lines are folded begins
 * with what had passed by then.
 * @param now epoch ms up to which a running clock is counted.
 */
export function derivation(
  { ledger, clocks }: Pick<ClockState, 'ledger' | 'clocks'>,
  now: number,
  pinned: PinnedCalendar,
): Derivation[] {
  const groups = groupBy(ledger, ({ target, n }) => `${target}#${n}`);
  return [...groups.values()].flatMap((entries) => {
    const last = entries.at(-1);
    if (last === undefined) return [];
    const clock = clocks.find(({ target, n }) => target === last.target && n === last.n);
    const consumed = clock === undefined ? last.consumed : consumedAt(clock, now, pinned);
    const lines = entries.map((entry, index) => line(entry, entries[index + 1], consumed));
    return [{ target: last.target, n: last.n, lines, due: last.due }];
  });
}

function line(
  { at, target: _target, n: _n, consumed, ...entry }: ClockEntry,
  next: ClockEntry | undefined,
  now: number,
) {
  return { from: at, to: next?.at ?? null, ...entry, before: consumed, counted: (next?.consumed ?? now) - consumed };
}
