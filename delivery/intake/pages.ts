const pageSize = 500;

/** Ids in parts of at most 500. @param read so many ids that sort after one */
export async function* pages(read: (after: string, limit: number) => Promise<string[]>): AsyncGenerator<string[]> {
  for (let after = ''; ; ) {
    const ids = await read(after, pageSize);
    if (ids.length > 0) yield ids;
    if (ids.length < pageSize) return;
    after = ids.at(-1) ?? '';
  }
}
