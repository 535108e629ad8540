/** What a batch works on: `attempt` makes the changes of one item all or nothing. */
export abstract class Undoable<File extends object> {
  #undo: (() => void)[] = [];
  #touched = new Set<File>();

  /** To be called before a file is changed. */
  touch(file: File): void {
    if (this.#touched.has(file)) return;
    this.#touched.add(file);
    this.whenUndone(this.remember(file));
  }

  /** Runs `work`; when it throws, everything is as before, and the error goes on. */
  attempt(work: () => void): void {
    this.#undo = [];
    this.#touched = new Set();
    try {
      work();
    } catch (error) {
      for (const undo of this.#undo.reverse()) undo();
      throw error;
    }
  }

  /** Keeps how a file is now. @returns puts it back */
  protected abstract remember(file: File): () => void;

  /** What begins with this item goes with it: there is nothing to remember. */
  protected begin(file: File, undo: () => void): void {
    this.#touched.add(file);
    this.whenUndone(undo);
  }

  protected whenUndone(undo: () => void): void {
    this.#undo.push(undo);
  }
}
