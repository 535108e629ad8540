/** One page of a list that is read from new to old: `_id` sorts by the time of making. */
export interface PageRequest {
  limit: number;
  /** Id of the last row of the page before. */
  cursor?: string;
}

export interface Page<T> {
  items: T[];
  /** To be given for the next page; absent on the last one. */
  next?: string;
}

/** The part of a filter that leaves out the pages before. */
export function after({ cursor }: PageRequest): { _id?: { $lt: string } } {
  return cursor === undefined ? {} : { _id: { $lt: cursor } };
}

/** Makes a page of `limit + 1` rows or fewer: the one too many only tells that there is more. */
export function page<T extends { _id: string }>(rows: readonly T[], { limit }: PageRequest): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: last._id } : { items };
}
