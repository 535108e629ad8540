import type { Figure, Setting } from '../frame/benchmark.ts';
import { median, perSecond } from '../frame/rounds.ts';
import { begin, begun } from './ticket.ts';

const day = 86_400_000;

/** Two clocks of each ticket are begun and worked out, from the matching policy to the due time. */
export async function dueTimesPerSecond(tickets: number, { rounds, say }: Setting): Promise<Figure> {
  const moments = Array.from({ length: tickets }, (_, n) => begin + Math.floor(((n * 0.618_034) % 1) * 365 * day));
  let due = 0;
  const compute = () => {
    due = 0;
    for (const moment of moments) due += begun(moment).state.clocks.filter((clock) => clock.due !== null).length;
  };
  compute();
  const figure: Figure = { name: 'Due times computed', unit: '1/s', rounds: [] };
  for (let round = 0; round < rounds; round += 1) figure.rounds.push(await perSecond(due, compute));
  if (due !== 2 * tickets) throw new Error(`${due} due times of ${tickets} tickets`);
  say(`  ${Math.round(median(figure.rounds))} due times/s`);
  return figure;
}
