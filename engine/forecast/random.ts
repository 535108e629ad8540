import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { probit } from 'simple-statistics';
import { hash32 } from '../hash.ts';

/** Numbers that look random and are the same each time. */
export interface Draws {
  /** From 0 up to, not including, 1. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
}

/** A stream of its own for each name: what is drawn for one deal does not depend on the others. */
export function drawsFor(name: string): Draws {
  const generator = xoroshiro128plus(hash32(name));
  const uniform = () => uniformFloat64(generator);
  return { uniform, normal: () => probit(uniform()) };
}
