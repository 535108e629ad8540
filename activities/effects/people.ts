import type { Assignee } from '../../engine/model/effects.ts';
import type { SubjectRef } from '../../engine/model/state.ts';
import { dealsById } from '../../store/deals.ts';
import { Contacts } from '../../store/models/contact.ts';
import { type UserDoc, Users } from '../../store/models/user.ts';
import { ticketsOf } from './subject.ts';

interface About {
  item: { subject: SubjectRef };
}

/** The people of the company at one instant, and whose the subjects of some effects are. */
export class People {
  readonly #users: ReadonlyMap<string, UserDoc>;
  readonly #owners: ReadonlyMap<string, string>;
  readonly #now: number;

  private constructor(users: readonly UserDoc[], owners: ReadonlyMap<string, string>, now: number) {
    this.#users = new Map(users.map((user) => [user._id, user]));
    this.#owners = owners;
    this.#now = now;
  }

  static async at(now: number, effects: readonly About[]): Promise<People> {
    const [users, owners] = await Promise.all([Users.find().sort({ _id: 1 }).lean<UserDoc[]>(), ownersOf(effects)]);
    return new People(users, owners, now);
  }

  /** Keys of those who are meant: a user, the active ones with a role, or the owner; who is away is replaced by a deputy. */
  meant(to: Assignee, subject: SubjectRef): string[] {
    if ('user' in to) return [this.#present(to.user)];
    if ('role' in to) {
      const holders = [...this.#users.values()].filter(({ role, active }) => active && role === to.role);
      return [...new Set(holders.map(({ _id }) => this.#present(_id)))];
    }
    const owner = this.#owners.get(subject.id);
    return owner === undefined ? [] : [this.#present(owner)];
  }

  /** Who stands in for a user: the deputy of the present absence, and theirs in turn; the user where nobody is named. */
  #present(user: string): string {
    const passed = new Set<string>();
    for (let one = user; !passed.has(one); ) {
      passed.add(one);
      const absence = this.#users
        .get(one)
        ?.absences?.find(({ from, until }) => from.getTime() <= this.#now && this.#now < until.getTime());
      if (absence === undefined) return one;
      if (absence.deputy === undefined) return user;
      one = absence.deputy;
    }
    return user;
  }
}

/** By subject id: the assignee of a ticket, the owner of a deal or else of its contact, the owner of a contact; subjects without one are absent. */
async function ownersOf(effects: readonly About[]): Promise<Map<string, string>> {
  const ids = effects.flatMap(({ item: { subject } }) => (subject.kind === 'ticket' ? [] : subject.contactId));
  const dealIds = effects.flatMap(({ item: { subject } }) => (subject.kind === 'deal' ? subject.id : []));
  const [tickets, deals, contacts] = await Promise.all([
    ticketsOf(effects),
    dealsById([...new Set(dealIds)]),
    ids.length === 0 ? [] : Contacts.find({ _id: { $in: [...new Set(ids)] } }, { owner: 1 }).lean(),
  ]);
  const owners = new Map(contacts.map(({ _id, owner }) => [_id, owner]));
  const dealOwners = new Map(deals.map(({ _id, owner }) => [_id, owner]));
  const found = effects.map(({ item: { subject } }): [string, string | undefined] => [
    subject.id,
    subject.kind === 'ticket'
      ? tickets.get(subject.id)?.assignee
      : (dealOwners.get(subject.id) ?? owners.get(subject.contactId)),
  ]);
  return new Map(found.flatMap(([id, owner]) => (owner === undefined ? [] : [[id, owner]])));
}
