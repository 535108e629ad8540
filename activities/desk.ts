import type { LiveLibrary } from '../delivery/library.ts';
import { VoronkaError } from '../engine/errors/error.ts';
import type { ContactView } from '../engine/model/contact.ts';
import type { DealSight } from '../engine/model/deal.ts';
import type { Effect } from '../engine/model/effects.ts';
import type { DefinitionRef, Instance, SubjectRef } from '../engine/model/state.ts';
import type { TicketView } from '../engine/model/ticket.ts';
import type { Calendar } from '../engine/schema/calendar.ts';
import type { Process } from '../engine/schema/index.ts';
import { contactViews } from '../store/contacts.ts';
import { dealSights } from '../store/deals.ts';
import { ticketViews } from '../store/tickets.ts';
import type { Company } from './company.ts';
import type { Entrant } from './contract.ts';
import { changesSubject } from './effects/index.ts';
import { Reader } from './reader.ts';
import { pinsOf } from './reducers/index.ts';

/** What the decisions of one turn read: loaded in bulk before each of them. */
export class Desk {
  readonly company: Company;
  /** Virtual epoch ms of the turn. */
  readonly now: number;
  readonly #library: LiveLibrary;
  readonly #curious: Set<string>;
  #missed = false;
  readonly #contacts = new Reader(contactViews);
  readonly #deals = new Reader(dealSights);
  readonly #tickets = new Reader(ticketViews);

  /** @param curious content hashes of definitions that have looked at a contact; the desk adds to them */
  constructor(company: Company, now: number, library: LiveLibrary, curious: Set<string>) {
    this.company = company;
    this.now = now;
    this.#library = library;
    this.#curious = curious;
  }

  /** Reads what decisions about these instances need and is not known yet. */
  async load(instances: readonly (Instance | Entrant)[]): Promise<void> {
    this.#missed = false;
    const subjects = instances.map(({ subject }) => subject);
    const lookers = instances.filter((instance) => this.#looks(instance));
    await Promise.all([
      this.#contacts.load(lookers.map(({ subject }) => subject.contactId)),
      this.#tickets.load(subjects.flatMap(({ kind, id }) => (kind === 'ticket' ? id : []))),
      this.#deals.load(subjects.flatMap(({ kind, id }) => (kind === 'deal' ? id : []))),
      this.#library.load(instances.flatMap(pinsOf)),
    ]);
  }

  /**
   * Whether the contact is read for an instance before it moves. Not where none of its definition has looked at one yet: what
   * waits for hours and tells colleagues about a ticket or a deal would make the store read contacts for nothing.
   */
  #looks(instance: Instance | Entrant): boolean {
    if ('reducer' in instance && instance.reducer === 'sla') return true;
    return this.#curious.has(instance.definition.hash);
  }

  /** Says that a decision came to nothing: it looked at a contact that was not read. */
  miss({ hash }: DefinitionRef): void {
    this.#curious.add(hash);
    this.#missed = true;
  }

  /** Whether a decision has come to nothing since the last load. */
  get hasMissed(): boolean {
    return this.#missed;
  }

  /** Whether the contact was looked for, so that none means that there is none. */
  hasRead({ contactId }: SubjectRef): boolean {
    return this.#contacts.knows(contactId);
  }

  /** A merged contact is seen as its survivor, as a merged ticket is. */
  contact({ contactId }: SubjectRef): ContactView | undefined {
    return this.#contacts.get(contactId);
  }

  ticket({ id }: SubjectRef): TicketView | undefined {
    return this.#tickets.get(id);
  }

  deal({ id }: SubjectRef): DealSight | undefined {
    return this.#deals.get(id);
  }

  /** @throws VoronkaError DEFINITION_NOT_FOUND, retryable: a version that an instance holds is never deleted. */
  process(ref: DefinitionRef): Process {
    const process = this.#library.processOf(ref);
    if (process) return process;
    const { key, version, hash, part } = ref;
    const what = `version ${version} of "${key}" (${hash}${part === undefined ? '' : `, ${part}`})`;
    throw new VoronkaError('DEFINITION_NOT_FOUND', `${what} cannot be read`, { retryable: true });
  }

  /** A version of a calendar, live or not. */
  calendar(hash: string): Calendar | undefined {
    const definition = this.#library.version(hash);
    return definition?.kind === 'calendar' ? definition : undefined;
  }

  /** What effects may have changed is read anew before the next decision. */
  forget(effects: readonly Effect[], states: ReadonlyMap<string, Instance>): void {
    for (const effect of effects) {
      const subject = states.get(effect.instance)?.subject;
      if (subject === undefined || !changesSubject(effect)) continue;
      this.#contacts.forget(subject.contactId);
      if (subject.kind === 'ticket') this.#tickets.forget(subject.id);
      if (subject.kind === 'deal') this.#deals.forget(subject.id);
    }
  }
}
