import { createHash } from 'node:crypto';
import { groupBy } from '../../engine/group-by.ts';

/**
 * Keys by their buckets, of which there are 256. A message belongs to one bucket for good, and a bucket to one claim at a
 * time: so nobody needs to look through the messages of other claims.
 */
export function byBucket(keys: readonly string[]): Map<string, string[]> {
  return groupBy(keys, (key) => createHash('sha256').update(key).digest('hex').slice(0, 2));
}

/**
 * Groups of at most `size` from as few buckets as possible; what does not fit of a bucket comes in a later group, when the
 * first is likely to be done. In random order: consumers that found the same messages rarely reach for the same bucket.
 */
export function inGroups(keys: readonly string[], size: number): string[][] {
  const groups: string[][] = [];
  for (let open = shuffled([...byBucket(keys).values()]); open.length > 0; ) {
    const rest: string[][] = [];
    let group: string[] = [];
    for (const bucket of open) {
      const room = size - group.length;
      group.push(...bucket.slice(0, room));
      if (bucket.length > room) rest.push(bucket.slice(room));
      if (group.length < size) continue;
      groups.push(group);
      group = [];
    }
    if (group.length > 0) groups.push(group);
    open = rest;
  }
  return groups;
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
