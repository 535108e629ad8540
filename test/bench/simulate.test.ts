import { describe, expect, it } from 'vitest';
import { compare, median } from '../../bench/frame/rounds.ts';
import { simulation } from '../../bench/simulate.ts';

const quietly = { quick: true, rounds: 2, say: () => undefined };

describe('the benchmark of the simulator', () => {
  it('plays whole journeys and gives a figure for every round', async () => {
    if (!simulation.pure) throw new Error('it needs no server');
    const { figures, aims } = await simulation.run(quietly);
    expect(figures.map(({ rounds }) => rounds.length)).toEqual([2]);
    expect(aims[0]?.value).toBe(median(figures[0]?.rounds ?? []));
    expect(aims[0]?.value).toBeGreaterThan(0);
  });
});

describe('a comparison', () => {
  it('takes the contestants in turn and divides their medians', async () => {
    const order: string[] = [];
    const contestant = (name: string, values: number[]) => ({
      name,
      measure: async (round: number) => {
        order.push(name);
        return values[round] ?? Number.NaN;
      },
    });
    const { ratio } = await compare(
      { ours: contestant('a', [40, 10, 30]), theirs: contestant('b', [3, 2, 100]) },
      'things/s',
      { rounds: 3, say: () => undefined },
    );
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect(ratio).toBe(10);
  });

  it('has the mean of the two in the middle as the median of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });
});
