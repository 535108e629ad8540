import { nudge, type Queues } from '../delivery/queues.ts';
import { VoronkaError } from '../engine/errors/error.ts';
import type { JsonObject } from '../engine/json.ts';
import { findByIdempotencyKeys, insertStored, toStored } from '../store/intake.ts';
import type { IntakeDoc, StoredIntake } from '../store/models/intake.ts';
import { type Idempotency, refuseReuse } from './idempotency.ts';

/** Most documents in one write. */
const groupSize = 500;
/** Writes under way at once: while the store works on one, the next is being prepared. */
const writers = 2;

interface Waiting {
  doc: StoredIntake;
  resolve: (stored: boolean) => void;
  reject: (error: unknown) => void;
}

/**
 * Takes what requests ask for into the store. Requests that come while writes are under way go together into the next
 * one, so the store sees few large writes however many requests there are; each is answered when its own is there.
 */
export class Acceptance {
  readonly #queues: Queues;
  #waiting: Waiting[] = [];
  #writers = 0;
  /** Documents in the writes under way. */
  #writing = 0;

  constructor(queues: Queues) {
    this.#queues = queues;
  }

  /**
   * Stores a document and gives its answer; under a known idempotency key, the answer that was given first.
   * @throws VoronkaError IDEMPOTENCY_KEY_REUSED when the key came with another body before; VALIDATION_FAILED for a body
   * with the character U+0000, which MongoDB takes in no name of a field
   */
  accept(doc: IntakeDoc, answer: JsonObject, idempotency?: Idempotency): Promise<JsonObject> {
    return this.#accept(toStored(doc), answer, idempotency);
  }

  /** Holds nothing but the text while it waits. */
  async #accept(doc: StoredIntake, answer: JsonObject, idempotency?: Idempotency): Promise<JsonObject> {
    if (doc.items.includes('\\u0000')) {
      throw new VoronkaError('VALIDATION_FAILED', 'body: must not hold the character U+0000; take it out');
    }
    if (idempotency === undefined) {
      await this.#store(doc);
      return answer;
    }
    const { key, bodyHash } = idempotency;
    if (await this.#store({ ...doc, idempotencyKey: key, bodyHash, answer })) return answer;
    const [first] = await findByIdempotencyKeys([key]);
    if (first?.answer === undefined) throw new VoronkaError('CONFLICT', 'the document could not be stored');
    refuseReuse(idempotency, first.bodyHash);
    return first.answer;
  }

  /** @returns false when a document with the same key is there already */
  #store(doc: StoredIntake): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ doc, resolve, reject });
      // A write costs the store much, and each document in it little: no second one for fewer than are in the first.
      if (this.#writers < writers && this.#waiting.length > this.#writing) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#writers += 1;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, groupSize);
      this.#writing += group.length;
      await this.#writeGroup(group);
      this.#writing -= group.length;
      void nudge(this.#queues.intake);
    }
    this.#writers -= 1;
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const collided = await insertStored(group.map(({ doc }) => doc));
      for (const { doc, resolve } of group) resolve(!collided.has(doc._id));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
