import type { Assignee } from '../../engine/model/effects.ts';
import type { SubjectRef } from '../../engine/model/state.ts';
import { Reach } from '../../engine/routing/reach.ts';
import { Contacts } from '../../store/models/contact.ts';
import type { UserDoc } from '../../store/models/user.ts';
import { inParts } from '../../store/parts.ts';
import { colleagueOf, listUsers } from '../../store/users.ts';
import { dealsOf, ticketsOf } from './subject.ts';

/** Whom something is for, and what it is about. */
interface Asked {
  to: Assignee;
  subject: SubjectRef;
}

/** The people of the company at one instant, and whose the subjects of some effects are. */
export class People {
  readonly #reach: Reach;
  readonly #owners: ReadonlyMap<string, string>;
  readonly #active: ReadonlySet<string>;

  private constructor(users: readonly UserDoc[], owners: ReadonlyMap<string, string>, now: number) {
    this.#reach = new Reach(users.map(colleagueOf), now);
    this.#owners = owners;
    this.#active = new Set(users.flatMap(({ _id, active }) => (active ? _id : [])));
  }

  static async at(now: number, asked: readonly Asked[]): Promise<People> {
    const [users, owners] = await Promise.all([listUsers(), ownersOf(asked)]);
    return new People(users, owners, now);
  }

  isActive(user: string): boolean {
    return this.#active.has(user);
  }

  /** Keys of those who are meant: a user, the active ones with a role, or the owner; who is away is replaced by a deputy. */
  meant(to: Assignee, subject: SubjectRef): string[] {
    if ('user' in to) return [this.#reach.standIn(to.user)];
    if ('role' in to) return this.#reach.role(to.role);
    const owner = this.#owners.get(subject.id);
    return owner === undefined ? [] : [this.#reach.standIn(owner)];
  }
}

/** By subject id, of those that are for the owner: the assignee of a ticket, the owner of a deal or else of its contact, the owner of a contact; subjects without one are absent. */
async function ownersOf(asked: readonly Asked[]): Promise<Map<string, string>> {
  const effects = asked.flatMap(({ to, subject }) => ('owner' in to ? { item: { subject } } : []));
  const ids = effects.flatMap(({ item: { subject } }) => (subject.kind === 'ticket' ? [] : subject.contactId));
  const [tickets, deals, contacts] = await Promise.all([
    ticketsOf(effects),
    dealsOf(effects),
    inParts([...new Set(ids)], (part) => Contacts.find({ _id: { $in: part } }, { owner: 1 }).lean()),
  ]);
  const owners = new Map(contacts.map(({ _id, owner }) => [_id, owner]));
  const found = effects.map(({ item: { subject } }): [string, string | undefined] => [
    subject.id,
    subject.kind === 'ticket'
      ? tickets.get(subject.id)?.assignee
      : (deals.get(subject.id)?.owner ?? owners.get(subject.contactId)),
  ]);
  return new Map(found.flatMap(([id, owner]) => (owner === undefined ? [] : [[id, owner]])));
}
