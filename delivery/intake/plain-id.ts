import { contentHash } from '../../engine/hash.ts';

/** What an item opens has the item's id; where that is no plain word (an effect's key), its hash. */
export function plainId(item: string): string {
  return /^[\w.-]{1,64}$/.test(item) ? item : contentHash(item).slice(0, 32);
}
