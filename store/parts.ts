const size = 25;

/**
 * A list of ids or keys in parts, to be looked for one part after the other: the embedded store compares every document
 * that it finds with the whole list, so the cost of a long one grows with its square.
 */
export function parts<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));
}

/** What `find` answers for each part of a list, together. */
export async function inParts<K, T>(list: readonly K[], find: (part: K[]) => PromiseLike<T[]>): Promise<T[]> {
  return (await Promise.all(parts(list).map(find))).flat();
}
