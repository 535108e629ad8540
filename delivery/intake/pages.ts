const pageSize = 500;

/** What is there in parts of at most 500. @param read so many that sort after an id */
export async function* pages<T>(
  read: (after: string, limit: number) => Promise<T[]>,
  idOf: (one: T) => string = String,
): AsyncGenerator<T[]> {
  for (let after = ''; ; ) {
    const found = await read(after, pageSize);
    const last = found.at(-1);
    if (last === undefined) return;
    yield found;
    if (found.length < pageSize) return;
    after = idOf(last);
  }
}
