/** Subjects of one kind as one turn sees them: read in bulk, once, and again after an effect changed them. */
export class Reader<View> {
  readonly #known = new Map<string, View | undefined>();
  readonly #read: (ids: readonly string[]) => Promise<ReadonlyMap<string, View>>;

  /** @param read answers what there is, by the ids asked for */
  constructor(read: (ids: readonly string[]) => Promise<ReadonlyMap<string, View>>) {
    this.#read = read;
  }

  async load(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#known.has(id));
    if (missing.length === 0) return;
    const views = await this.#read(missing);
    for (const id of missing) this.#known.set(id, views.get(id));
  }

  knows(id: string): boolean {
    return this.#known.has(id);
  }

  /** Undefined: there is none, or no longer. */
  get(id: string): View | undefined {
    return this.#known.get(id);
  }

  forget(id: string): void {
    this.#known.delete(id);
  }
}
