import type { Figure, Setting } from './benchmark.ts';

export interface Contestant {
  name: string;
  /** Runs before the first round and does not count: compiled code, open connections. */
  warmUp?(): Promise<unknown>;
  /** Runs once and answers what it reached. */
  measure(round: number): Promise<number>;
}

export interface Comparison {
  ours: Figure;
  theirs: Figure;
  /** Of the medians. */
  ratio: number;
}

/** Measures two contestants in turn (A B A B …), so that what else the machine does meets both alike. */
export async function compare(
  { ours, theirs }: { ours: Contestant; theirs: Contestant },
  unit: string,
  setting: Pick<Setting, 'rounds' | 'say'>,
): Promise<Comparison> {
  const figures = {
    ours: { name: ours.name, unit, rounds: [] as number[] },
    theirs: { name: theirs.name, unit, rounds: [] as number[] },
  };
  await ours.warmUp?.();
  await theirs.warmUp?.();
  for (let round = 0; round < setting.rounds; round += 1) {
    figures.ours.rounds.push(await measureOnce(ours, round, unit, setting));
    figures.theirs.rounds.push(await measureOnce(theirs, round, unit, setting));
  }
  return { ...figures, ratio: median(figures.ours.rounds) / median(figures.theirs.rounds) };
}

/** Measures one contestant alone, round after round. */
export async function repeat(
  contestant: Contestant,
  unit: string,
  setting: Pick<Setting, 'rounds' | 'say'>,
): Promise<Figure> {
  const figure: Figure = { name: contestant.name, unit, rounds: [] };
  await contestant.warmUp?.();
  for (let round = 0; round < setting.rounds; round += 1) {
    figure.rounds.push(await measureOnce(contestant, round, unit, setting));
  }
  return figure;
}

async function measureOnce(
  contestant: Contestant,
  round: number,
  unit: string,
  { say }: Pick<Setting, 'say'>,
): Promise<number> {
  const value = await contestant.measure(round);
  say(`  round ${round + 1}: ${contestant.name}: ${readable(value)} ${unit}`);
  return value;
}

/** The middle one; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

/** How many of `count` things `work` does in a second. */
export async function perSecond(count: number, work: () => Promise<void> | void): Promise<number> {
  const begun = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - begun);
}

/** Three significant digits, whole from a hundred on. */
export function readable(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(3)).toString();
}
