import type { Clock } from '../config/clock.ts';
import { changedDeals } from '../store/deals.ts';
import { changedTickets } from '../store/tickets.ts';

/** How often the store is asked while somebody listens, and how far back beyond the last time. Real milliseconds. */
const everyMs = 1_000;
/** What was written meanwhile may bear an earlier time: as long as a slow transaction and clocks that differ. */
const overlapMs = 15_000;

/** That something changed, and when. */
export interface Mark {
  kind: 'tickets' | 'deals';
  id: string;
  updatedAt: Date;
}

type Hear = (marks: readonly Mark[], at: number) => void;

/**
 * Tells all open pages which tickets, clocks of tickets and deals have changed. However many listen, the store is asked once;
 * while nobody does, not at all.
 */
export class LiveFeed {
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Set<Hear>();
  /** What was told within the overlap: `id/time`, with the time. */
  readonly #told = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #asked = 0;

  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Changes from now on. @returns ends it */
  listen(hear: Hear): () => void {
    this.#listeners.add(hear);
    if (this.#timer === undefined) {
      this.#asked = this.#clock.now();
      this.#plan();
    }
    return () => {
      this.#listeners.delete(hear);
      if (this.#listeners.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  /** What changed after an instant, virtual epoch ms: for a page that was away. */
  async since(at: number): Promise<Mark[]> {
    return await changedSince(at - this.#overlap());
  }

  #plan(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), everyMs);
    this.#timer.unref();
  }

  async #ask(): Promise<void> {
    try {
      const now = this.#clock.now();
      const from = this.#asked - this.#overlap();
      const marks = (await changedSince(from)).filter((mark) => this.#isNews(mark));
      this.#asked = now;
      for (const [mark, at] of this.#told) if (at < from) this.#told.delete(mark);
      if (marks.length > 0) for (const hear of this.#listeners) hear(marks, now);
    } catch (error) {
      this.#onError(error);
    }
    if (this.#listeners.size > 0) this.#plan();
  }

  #isNews({ id, updatedAt }: Mark): boolean {
    const mark = `${id}/${updatedAt.getTime()}`;
    if (this.#told.has(mark)) return false;
    this.#told.set(mark, updatedAt.getTime());
    return true;
  }

  /** The overlap in virtual milliseconds. */
  #overlap(): number {
    const now = Date.now();
    return this.#clock.toVirtual(now) - this.#clock.toVirtual(now - overlapMs);
  }
}

async function changedSince(at: number): Promise<Mark[]> {
  const [tickets, deals] = await Promise.all([changedTickets(at), changedDeals(at)]);
  return [
    ...tickets.map((mark): Mark => ({ kind: 'tickets', ...mark })),
    ...deals.map((mark): Mark => ({ kind: 'deals', ...mark })),
  ];
}
