import { createHash } from 'node:crypto';
import { nudge, type Queues } from '../delivery/queues.ts';
import { VoronkaError } from '../engine/errors/error.ts';
import { canonicalJson } from '../engine/hash.ts';
import type { JsonObject } from '../engine/json.ts';
import { findByIdempotencyKeys, insertIntake } from '../store/intake.ts';
import type { IntakeDoc } from '../store/models/intake.ts';

/** Most documents in one write. */
const groupSize = 500;
/** Writes under way at once: while the store works on one, the next is being prepared. */
const writers = 2;

interface Waiting {
  doc: IntakeDoc;
  resolve: (stored: boolean) => void;
  reject: (error: unknown) => void;
}

/** `key`: the header as it came; `scope`: the route, so that one key may be used on two. */
export interface Idempotency {
  key: string;
  scope: string;
  body: unknown;
}

/**
 * Takes what requests ask for into the store. Requests that come while writes are under way go together into the next
 * one, so the store sees few large writes however many requests there are; each is answered when its own is there.
 */
export class Acceptance {
  readonly #queues: Queues;
  #waiting: Waiting[] = [];
  #writing = 0;

  constructor(queues: Queues) {
    this.#queues = queues;
  }

  /**
   * Stores a document and gives its answer; under a known idempotency key, the answer that was given first.
   * @throws VoronkaError IDEMPOTENCY_KEY_REUSED when the key came with another body before; VALIDATION_FAILED for a body
   * with the character U+0000, which MongoDB takes in no name of a field
   */
  async accept(doc: IntakeDoc, answer: JsonObject, idempotency?: Idempotency): Promise<JsonObject> {
    if (JSON.stringify(doc.items).includes('\\u0000')) {
      throw new VoronkaError('VALIDATION_FAILED', 'body: must not hold the character U+0000; take it out');
    }
    if (idempotency === undefined) {
      await this.#store(doc);
      return answer;
    }
    const idempotencyKey = `${idempotency.scope} ${idempotency.key}`;
    const bodyHash = createHash('sha256').update(canonicalJson(idempotency.body)).digest('hex');
    if (await this.#store({ ...doc, idempotencyKey, bodyHash, answer })) return answer;
    const [first] = await findByIdempotencyKeys([idempotencyKey]);
    if (first?.answer === undefined) throw new VoronkaError('CONFLICT', 'the document could not be stored');
    if (first.bodyHash === bodyHash) return first.answer;
    throw new VoronkaError(
      'IDEMPOTENCY_KEY_REUSED',
      `Idempotency-Key: "${idempotency.key}" was used for another body already`,
    );
  }

  /** @returns false when a document with the same key is there already */
  #store(doc: IntakeDoc): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ doc, resolve, reject });
      if (this.#writing < writers) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#writing += 1;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, groupSize);
      await this.#writeGroup(group);
      void nudge(this.#queues.intake);
    }
    this.#writing -= 1;
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const collided = await insertIntake(group.map(({ doc }) => doc));
      for (const { doc, resolve } of group) resolve(!collided.has(doc._id));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
