import { setTimeout as sleep } from 'node:timers/promises';
import { DocumentMoved } from '../../store/documents.ts';
import { findEvent } from '../../store/events.ts';
import { newId } from '../../store/id.ts';
import { nextIntake } from '../../store/intake.ts';
import { type Lease, LeaseLost, releaseLease, takeLease } from '../../store/leases.ts';
import type { IntakeDoc } from '../../store/models/intake.ts';
import { isRefusal } from '../../store/refusal.ts';
import { type Consumer, consume, nudge, type Queues } from '../queues.ts';
import { acceptDue } from './attention.ts';
import { applyBatch, type BatchDeps, problemOf, type Slice } from './batch.ts';
import { emptyLedger } from './ledger.ts';
import { acceptScheduled } from './schedule.ts';
import { fewest, fitting } from './size.ts';
import { acceptTicketReviews } from './tickets/reviews.ts';
import { leaseMs, type Progress, writeBatch } from './write.ts';

export interface IntakeDeps extends BatchDeps {
  queues: Queues;
  onError: (error: unknown) => void;
}

/**
 * Applies what was accepted, in order, and at every sweep accepts what is due by the calendar. Any number of consumers may run: one at a time holds the lease, the others stand
 * by and take over when it dies.
 */
export async function startIntake(deps: IntakeDeps, sweepMs = 5_000): Promise<Consumer> {
  const intake = new IntakeConsumer(deps);
  const consumer = await consume(
    'intake',
    deps.queues.settings,
    async (why) => {
      if (why === 'sweep') {
        await acceptScheduled(deps);
        await acceptTicketReviews(deps);
        await acceptDue(deps);
      }
      await intake.drain();
    },
    { sweepMs, onError: deps.onError },
  );
  return {
    async close() {
      intake.stop();
      await consumer.close();
    },
  };
}

export class IntakeConsumer {
  readonly #holder = newId();
  readonly #deps: IntakeDeps;
  #stopped = false;
  /** Most items, and most documents, in the next transaction. */
  #most = fewest;

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Applies everything that is pending. Returns early when another consumer is at it, or was faster. */
  async drain(): Promise<void> {
    while (!this.#stopped && (await nextIntake(1)).length > 0) {
      const lease = await takeLease('intake', this.#holder, leaseMs);
      if (lease === null) {
        await sleep(100);
        continue;
      }
      try {
        while (!this.#stopped && (await this.#step(lease)));
      } catch (error) {
        if (!(error instanceof LeaseLost)) throw error;
      } finally {
        await releaseLease(lease);
      }
    }
  }

  /** Applies one batch. @returns whether there was one */
  async #step(lease: Lease): Promise<boolean> {
    const { slices, full } = await nextBatch(this.#most);
    if (slices.length === 0) return false;
    const begun = performance.now();
    await this.#apply(slices, lease);
    if (full) this.#most = fitting(this.#most, performance.now() - begun);
    return true;
  }

  /** A batch that the store refuses is halved until the item that it refuses is alone; that one becomes a problem. */
  async #apply(slices: readonly Slice[], lease: Lease): Promise<void> {
    try {
      const { work, mail } = await applyBatch(slices, this.#deps, lease);
      if (work > 0) void nudge(this.#deps.queues.dispatch);
      if (mail > 0) void nudge(this.#deps.queues.outbox);
    } catch (error) {
      // What was decided was decided on what is in force no longer: it is decided anew.
      if (error instanceof DocumentMoved) return await this.#apply(slices, lease);
      if (!isRefusal(error)) throw error;
      const halves = halve(slices);
      if (halves === null) return await this.#giveUp(slices, error, lease);
      for (const half of halves) await this.#apply(half, lease);
    }
  }

  /** What is in the history already came once more after its first document was removed with age; else it is a problem. */
  async #giveUp(slices: readonly Slice[], error: unknown, lease: Lease): Promise<void> {
    const progress: Progress[] = [];
    for (const { doc, from, to } of slices) {
      const item = doc.items[from]?.id ?? doc._id;
      const known = (await findEvent(item)) !== null;
      if (!known) this.#deps.onError(error);
      progress.push({ doc, applied: to, problems: known ? [] : [problemOf(item, error)] });
    }
    await writeBatch({ people: [], now: this.#deps.clock.now() }, emptyLedger(), progress, lease);
  }
}

/** A few documents at first, and more only where they hold too little: whatever waits behind a batch is not read with it. */
async function nextBatch(most: number): Promise<Batch> {
  for (let count = 4; ; count = Math.min(count * 4, most)) {
    const docs = await nextIntake(count);
    const batch = cut(docs, most);
    if (batch.full || docs.length < count || count === most) return batch;
  }
}

interface Batch {
  slices: Slice[];
  /** Whether it holds as many items as it may. */
  full: boolean;
}

function cut(docs: readonly IntakeDoc[], most: number): Batch {
  const slices: Slice[] = [];
  let room = most;
  for (const doc of docs) {
    if (room <= 0) break;
    const to = Math.min(doc.items.length, doc.applied + room);
    slices.push({ doc, from: doc.applied, to });
    room -= Math.max(1, to - doc.applied);
  }
  return { slices, full: room <= 0 };
}

/** Null when only one item is left. */
function halve(slices: readonly Slice[]): [Slice[], Slice[]] | null {
  const [only] = slices;
  if (slices.length > 1 || only === undefined) {
    const middle = Math.ceil(slices.length / 2);
    return [slices.slice(0, middle), slices.slice(middle)];
  }
  if (only.to - only.from <= 1) return null;
  const middle = Math.ceil((only.from + only.to) / 2);
  return [[{ ...only, to: middle }], [{ ...only, from: middle }]];
}
