import type { TicketView } from '../engine/model/ticket.ts';
import { ticketViews } from '../store/tickets.ts';

/** Tickets as one turn sees them: read in bulk, once, and again after an effect changed them. */
export class TicketReader {
  readonly #known = new Map<string, TicketView | undefined>();

  async load(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#known.has(id));
    if (missing.length === 0) return;
    const views = await ticketViews(missing);
    for (const id of missing) this.#known.set(id, views.get(id));
  }

  /** Undefined: there is no such ticket. A merged ticket is seen as its survivor. */
  get(id: string): TicketView | undefined {
    return this.#known.get(id);
  }

  forget(id: string): void {
    this.#known.delete(id);
  }
}
