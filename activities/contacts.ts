import type { ContactView } from '../engine/model/contact.ts';
import { contactViews } from '../store/contacts.ts';

/** Contacts as one turn sees them: read in bulk, once, and again after an effect changed them. */
export class ContactReader {
  readonly #known = new Map<string, ContactView | undefined>();

  async load(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#known.has(id));
    if (missing.length === 0) return;
    const views = await contactViews(missing);
    for (const id of missing) this.#known.set(id, views.get(id));
  }

  /** Undefined: there is no such contact any longer. A merged contact is seen as its survivor. */
  get(id: string): ContactView | undefined {
    return this.#known.get(id);
  }

  forget(id: string): void {
    this.#known.delete(id);
  }
}
