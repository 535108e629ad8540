import { type Colleague, Reach } from '../../engine/routing/reach.ts';
import type { UserDoc } from '../../store/models/user.ts';
import { colleagueOf } from '../../store/users.ts';
import { ItemProblem } from './problem.ts';

/** The people of the company as a batch sees them. */
export class Staff {
  readonly #users: readonly UserDoc[];
  readonly #active: ReadonlySet<string>;

  constructor(users: readonly UserDoc[]) {
    this.#users = users;
    this.#active = new Set(users.flatMap(({ _id, active }) => (active ? _id : [])));
  }

  byKey(key: string): UserDoc | undefined {
    return this.#users.find(({ _id }) => _id === key);
  }

  /** Keys of the active ones with a role. */
  holders(role: string): string[] {
    return this.#users.flatMap((user) => (user.active && user.role === role ? user._id : []));
  }

  get colleagues(): Colleague[] {
    return this.#users.map(colleagueOf);
  }

  /** @throws ItemProblem for a key that no active user has */
  refuseStranger(field: string, user: string | null | undefined): void {
    if (!user || this.#active.has(user)) return;
    throw new ItemProblem('USER_NOT_FOUND', `${field}: there is no active user ${user}`);
  }

  /** Whom words reach at an instant, virtual epoch ms. */
  reach(at: number): Reach {
    return new Reach(this.colleagues, at);
  }
}
