import { describe, expect, it } from 'vitest';
import { fewest, fitting } from '../../../delivery/intake/size.ts';

/** The sizes that batches come to on a server that takes so many milliseconds for an item. */
function settled(msPerItem: number): number[] {
  let size = fewest;
  const sizes = Array.from({ length: 20 }, () => {
    size = fitting(size, size * msPerItem);
    return size;
  });
  return [...new Set(sizes.slice(10))];
}

describe('the size of a batch', () => {
  it('grows to a thousand on a fast server', () => expect(settled(0.3)).toEqual([1_000]));

  it('stays small on a slow one', () => expect(settled(20)).toEqual([fewest]));

  it('settles where a batch takes neither too long nor too little', () => {
    for (const msPerItem of [1.5, 2, 3, 5, 7, 10]) {
      for (const size of settled(msPerItem)) expect(size * msPerItem).toBeLessThanOrEqual(3_000);
    }
  });
});
