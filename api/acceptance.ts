import { nudge, type Queues } from '../delivery/queues.ts';
import { VoronkaError } from '../engine/errors/error.ts';
import type { JsonObject } from '../engine/json.ts';
import { newId } from '../store/id.ts';
import { findByIdempotencyKeys, insertStored, toStored } from '../store/intake.ts';
import type { IntakeDoc, IntakeItem, StoredIntake } from '../store/models/intake.ts';
import { documentsOf, type Waiting } from './acceptance-runs.ts';
import { type Idempotency, refuseReuse } from './idempotency.ts';

/** Most requests in one write. */
const groupSize = 500;
/** Writes under way at once: while the store works on one, the next is being prepared. */
const writers = 2;

/**
 * Takes what requests ask for into the store. Requests that come while writes are under way go together into the next
 * one, so the store sees few large writes however many requests there are; each is answered when its own is there.
 */
export class Acceptance {
  readonly #queues: Queues;
  #waiting: Waiting[] = [];
  #writers = 0;
  /** Requests in the writes under way. */
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

  /**
   * Stores an event that came alone in its request, together with others that did. `at`: virtual epoch ms.
   * @returns its answer
   * @throws VoronkaError VALIDATION_FAILED for U+0000, as above
   */
  acceptEvent(event: IntakeItem['body'], at: number): Promise<{ id: string }> {
    const body = JSON.stringify(event);
    refuseNul(body);
    return new Promise((resolve, reject) => {
      this.#wait({ id: newId(), body, at, resolve: (id: string) => resolve({ id }), reject });
    });
  }

  /** Holds nothing but the text while it waits. */
  async #accept(doc: StoredIntake, answer: JsonObject, idempotency?: Idempotency): Promise<JsonObject> {
    refuseNul(doc.items);
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
    return new Promise((resolve, reject) => this.#wait({ doc, resolve, reject }));
  }

  #wait(one: Waiting): void {
    this.#waiting.push(one);
    // A write costs the store much, and each request in it little: no second one for fewer than are in the first.
    if (this.#writers < writers && this.#waiting.length > this.#writing) void this.#write();
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
    const docs = documentsOf(group);
    try {
      const collided = await insertStored(docs.map(({ doc }) => doc));
      for (const { doc, resolve } of docs) resolve(!collided.has(doc._id));
    } catch (error) {
      for (const { reject } of docs) reject(error);
    }
  }
}

function refuseNul(json: string): void {
  if (json.includes('\\u0000')) {
    throw new VoronkaError('VALIDATION_FAILED', 'body: must not hold the character U+0000; take it out');
  }
}
