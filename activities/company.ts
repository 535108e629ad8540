import type { LiveLibrary } from '../delivery/library.ts';
import { VoronkaError } from '../engine/errors/error.ts';
import type { Calendar } from '../engine/schema/calendar.ts';
import type { ContactPolicy } from '../engine/schema/contact-policy.ts';

/** What holds for the whole company at this moment. */
export interface Company {
  policy: ContactPolicy;
  calendars: Record<string, Calendar>;
}

/** Turns come by the dozen a second: what is live is looked up again only after a while. */
export class CompanyReader {
  readonly #library: LiveLibrary;
  readonly #freshMs: number;
  #latest: { company: Promise<Company>; at: number } | undefined;

  /** @param freshMs real milliseconds for which an answer holds */
  constructor(library: LiveLibrary, freshMs = 2_000) {
    this.#library = library;
    this.#freshMs = freshMs;
  }

  /** @throws VoronkaError DEFINITION_UNREADABLE: without the company's promises nothing may be sent */
  async read(): Promise<Company> {
    const at = performance.now();
    if (this.#latest === undefined || at - this.#latest.at > this.#freshMs) {
      this.#latest = { company: this.#read(), at };
    }
    try {
      return await this.#latest.company;
    } catch (error) {
      this.#latest = undefined;
      throw error;
    }
  }

  async #read(): Promise<Company> {
    const { library, unreadable } = await this.#library.read();
    const policy = unreadable.find(({ kind }) => kind === 'contact-policy');
    if (policy !== undefined) {
      throw new VoronkaError('DEFINITION_UNREADABLE', `contact-policy/${policy.key}: ${policy.problem}`);
    }
    return { policy: library.policy, calendars: library.calendars };
  }
}
