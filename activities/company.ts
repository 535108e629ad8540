import type { LiveLibrary, LiveVersion } from '../delivery/library.ts';
import { VoronkaError } from '../engine/errors/error.ts';
import type { Calendar } from '../engine/schema/calendar.ts';
import type { ContactPolicy } from '../engine/schema/contact-policy.ts';
import type { Routing } from '../engine/schema/routing.ts';
import type { ClockContext, LiveCalendar, LivePolicy } from '../engine/sla/context.ts';

/** What holds for the whole company at this moment. */
export interface Company {
  policy: ContactPolicy;
  calendars: Record<string, Calendar>;
  /** What clocks go by: the versions that are live. */
  sla: Pick<ClockContext, 'policies' | 'calendars'>;
  routings: Record<string, Routing>;
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
    const { library, versions, unreadable } = await this.#library.read();
    const policy = unreadable.find(({ kind }) => kind === 'contact-policy');
    if (policy !== undefined) {
      throw new VoronkaError('DEFINITION_UNREADABLE', `contact-policy/${policy.key}: ${policy.problem}`);
    }
    const { policy: contactPolicy, calendars, routings } = library;
    return { policy: contactPolicy, calendars, routings, sla: promises(versions) };
  }
}

/** A policy that is switched off promises nothing. */
function promises(versions: readonly LiveVersion[]): Company['sla'] {
  const calendars: Record<string, LiveCalendar> = {};
  const policies: LivePolicy[] = [];
  for (const { ref, definition, enabled } of versions) {
    if (definition.kind === 'calendar') calendars[ref.key] = { ref, calendar: definition };
    if (definition.kind === 'sla' && enabled) policies.push({ ref, sla: definition });
  }
  return { policies, calendars };
}
