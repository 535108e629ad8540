import type { Clock, ClockEntry } from '../model/clock.ts';
import { isOpen } from './clock.ts';

/** A state stays small enough for two hundred of them to travel together; the timeline keeps every line and clock. */
const maxLines = 16;
const maxClocks = 6;

/** Lets go of the oldest stopped clocks, except the latest of each target: a reopened ticket may go on with it. */
export function forgotten(clocks: readonly Clock[]): Clock[] {
  const latest = new Map(clocks.map((clock) => [clock.target, clock]));
  let surplus = clocks.length - maxClocks;
  return clocks.filter((clock) => {
    if (surplus <= 0 || isOpen(clock) || latest.get(clock.target) === clock) return true;
    surplus -= 1;
    return false;
  });
}

/**
 * Lets go of the oldest lines: first those of clocks that are forgotten, then any but the last one of its clock. What is left
 * derives each due time still, since every line says how much had passed by then and by what it went on.
 */
export function folded(ledger: readonly ClockEntry[], clocks: readonly Clock[]): ClockEntry[] {
  if (ledger.length <= maxLines) return [...ledger];
  const known = new Set(clocks.map(nameOf));
  const last = new Map(ledger.map((entry) => [nameOf(entry), entry]));
  const kept = ledger.filter((entry) => known.has(nameOf(entry)));
  let surplus = kept.length - maxLines;
  return kept.filter((entry) => {
    if (surplus <= 0 || last.get(nameOf(entry)) === entry) return true;
    surplus -= 1;
    return false;
  });
}

function nameOf({ target, n }: Pick<Clock, 'target' | 'n'>): string {
  return `${target}#${n}`;
}
