import { absenceAt, type Person } from './person.ts';

/** Somebody of the company, as far as words and work are to reach them. */
export type Colleague = Pick<Person, 'key' | 'role' | 'active' | 'absences'>;

/** Whom words and work reach at one instant: whoever is away is replaced by their deputy. */
export class Reach {
  readonly #people: ReadonlyMap<string, Colleague>;
  readonly #now: number;

  /** @param now epoch ms */
  constructor(people: readonly Colleague[], now: number) {
    this.#people = new Map(people.map((person) => [person.key, person]));
    this.#now = now;
  }

  /** Keys of the active ones with a role, those who are away replaced. */
  role(role: string): string[] {
    const holders = [...this.#people.values()].filter((person) => person.active && person.role === role);
    return [...new Set(holders.map(({ key }) => this.standIn(key)))];
  }

  /** Who stands in for a user: the deputy of the present absence, and theirs in turn; the user where nobody is named. */
  standIn(user: string): string {
    const passed = new Set<string>();
    for (let one = user; !passed.has(one); ) {
      passed.add(one);
      const person = this.#people.get(one);
      const absence = person && absenceAt(person, this.#now);
      if (absence === undefined) return one;
      if (absence.deputy === undefined) return user;
      one = absence.deputy;
    }
    return user;
  }
}
