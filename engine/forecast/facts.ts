import { median } from 'simple-statistics';
import { groupBy } from '../group-by.ts';
import { dayMs } from '../time/offset.ts';
import type { Sight } from './course.ts';
import type { PastDeal } from './past.ts';

/** What may move a deal away from the average of its stage. */
export type MovingFact = 'time-in-stage' | 'idle' | 'amount' | 'source';

/** One term of the model. */
interface Column {
  fact: MovingFact;
  /** What is measured; `unpriced` is 1 where nobody has said the amount. */
  term: 'stay' | 'idle' | 'amount' | 'unpriced' | 'source';
  /** The one stage or source that it is about. */
  of?: string;
  /** How far from nothing its coefficient may easily be, in log odds. */
  deviation: number;
}

/** One value of a row; columns that are not named are 0. */
export interface Entry {
  column: number;
  value: number;
}

/** How facts are measured, learned from the deals that are over. Plain data, so that it can go from thread to thread. */
export interface Scales {
  columns: readonly Column[];
  /** Milliseconds that deals usually are in each stage, and in any. */
  stays: ReadonlyMap<string, number>;
  usualStay: number;
  /** Usual amount in `currency`; other currencies are not compared. Absent where amounts are not known. */
  typicalAmount?: number;
  currency: string;
  /** Share of looks at which nobody had said the amount. */
  unpriced: number;
}

/** Fewer deals than this say nothing of a stage, a source or a fact. */
const fewest = 10;
/** Most stages and sources that get a term of their own. */
const most = 12;
/** A stay's worth when no stay is known. */
const unknownStay = 7 * dayMs;

export function scalesOf(past: readonly PastDeal[]): Scales {
  const currency = frequent(past.map((deal) => deal.currency))[0]?.[0] ?? '';
  const sights = past.flatMap(({ looks }) => looks.map(({ sight }) => sight));
  const amounts = sights.flatMap((sight) => (isPriced(sight, currency) ? [sight.amount] : []));
  const looked = sights.filter(({ amount }) => amount !== undefined);
  const unpriced = looked.filter(({ amount }) => amount === null).length / Math.max(1, looked.length);
  const knowsIdle = sights.filter(({ idle }) => idle !== undefined).length >= fewest;
  const knowsAmounts = amounts.length >= fewest;
  const columns: Column[] = [
    { fact: 'time-in-stage', term: 'stay', deviation: 1 },
    ...common(past, ({ stage }) => stage).map(
      (of) => ({ fact: 'time-in-stage', term: 'stay', of, deviation: 0.5 }) as const,
    ),
    ...(knowsIdle ? [{ fact: 'idle', term: 'idle', deviation: 1 } as const] : []),
    ...(knowsAmounts ? [{ fact: 'amount', term: 'amount', deviation: 0.5 } as const] : []),
    ...(unpriced > 0.02 && unpriced < 0.98 ? [{ fact: 'amount', term: 'unpriced', deviation: 0.5 } as const] : []),
    ...common(past, ({ source }) => source).map(
      (of) => ({ fact: 'source', term: 'source', of, deviation: 0.5 }) as const,
    ),
  ];
  return { columns, ...staysOf(past), currency, unpriced, ...(knowsAmounts && { typicalAmount: median(amounts) }) };
}

/** Milliseconds that a deal usually is in a stage. */
export function typicalStay({ stays, usualStay }: Scales, stage: string): number {
  return stays.get(stage) ?? usualStay;
}

/** The row of a sight. All zero: as usual, and the stage's average holds. */
export function encode(scales: Scales, sight: Sight): Entry[] {
  const entries: Entry[] = [];
  for (const [column, definition] of scales.columns.entries()) {
    const value = measure(definition, scales, sight);
    if (value !== 0) entries.push({ column, value });
  }
  return entries;
}

function measure({ term, of }: Column, scales: Scales, sight: Sight): number {
  switch (term) {
    case 'stay':
      return of === undefined || of === sight.stage ? growth(sight.inStage / typicalStay(scales, sight.stage)) : 0;
    case 'idle':
      return sight.idle === undefined ? 0 : growth(sight.idle / typicalStay(scales, sight.stage));
    case 'amount':
      return isPriced(sight, scales.currency) ? relative(sight.amount / (scales.typicalAmount ?? sight.amount)) : 0;
    case 'unpriced':
      return sight.amount === undefined ? 0 : (sight.amount === null ? 1 : 0) - scales.unpriced;
    case 'source':
      return of === sight.source ? 1 : 0;
  }
}

function isPriced(sight: Sight, currency: string): sight is Sight & { amount: number } {
  return typeof sight.amount === 'number' && sight.amount > 0 && sight.currency === currency;
}

/** The first typical stay counts most, and beyond twenty nothing more is added. */
function growth(stays: number): number {
  return Math.log1p(Math.min(stays, 20));
}

/** Log ratio, within a factor of twenty. */
function relative(ratio: number): number {
  return Math.max(-3, Math.min(3, Math.log(ratio)));
}

/** Median stay in each stage, held back to that of all stages where few are known. */
function staysOf(past: readonly PastDeal[]): Pick<Scales, 'stays' | 'usualStay'> {
  const all = past.flatMap(({ visits }) =>
    visits.map(({ stage, from, to }) => ({ stage, log: Math.log(Math.max(60_000, to - from)) })),
  );
  const pooled = all.length === 0 ? Math.log(unknownStay) : median(all.map(({ log }) => log));
  const stays = [...groupBy(all, ({ stage }) => stage)].map(([stage, own]): [string, number] => {
    const weight = own.length / (own.length + fewest);
    return [stage, Math.exp(weight * median(own.map(({ log }) => log)) + (1 - weight) * pooled)];
  });
  return { stays: new Map(stays), usualStay: Math.exp(pooled) };
}

/** Values that enough deals have, the most frequent first. */
function common(past: readonly PastDeal[], of: (sight: Sight) => string | null): string[] {
  const values = past.flatMap(({ looks }) => [...new Set(looks.map(({ sight }) => of(sight)))]);
  return frequent(values.filter((value) => value !== null))
    .filter(([, count]) => count >= fewest)
    .slice(0, most)
    .map(([value]) => value);
}

function frequent(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
