import type { Library } from '../library.ts';
import type { EffectOf } from '../model/effects.ts';
import { type Decision, decide, type Request } from '../routing/among.ts';
import { earlierKeys, pastOf } from '../routing/past.ts';
import { assign, type Person } from '../routing/person.ts';
import type { Scenario } from '../schema/process.ts';
import { durationMs } from '../time/duration.ts';

/** The last instant that a date can name. */
const forever = 8.64e15;

type User = Scenario['given']['users'][number];

/** The people of a scenario: who gets what, by the same rules as in the company. */
export class Staff {
  readonly people: readonly Person[];
  readonly #library: Library;
  readonly #decisions = new Map<string, Decision>();

  constructor(users: readonly User[], library: Library, start: number) {
    this.people = users.map((user) => personOf(user, start));
    this.#library = library;
  }

  /** @throws RangeError for a routing that the library does not have. */
  decide({ key, item }: EffectOf<'assign-owner'>, values: Request['values'], now: number): Decision {
    const { calendars, routings } = this.#library;
    const subject = item.subject.kind === 'ticket' ? 'ticket' : 'contact';
    const { owner: had } =
      subject === 'ticket' ? { owner: values.ticket?.assignee } : (values.deal ?? { owner: values.contact.owner });
    const owner = typeof had === 'string' ? had : undefined;
    const past = pastOf(earlierKeys(key).map((earlier) => this.#decisions.get(earlier)));
    const decision = decide({ ...item, subject, owner, values, past }, this.people, { now, calendars, routings });
    this.#decisions.set(key, decision);
    const person = this.people.find((one) => one.key === decision.user);
    if (person !== undefined && !decision.kept) assign(this.people, person);
    return decision;
  }
}

function personOf({ absent, ...user }: User, start: number): Person {
  const absences = absent && [
    {
      from: start + durationMs(absent.from),
      until: absent.until === undefined ? forever : start + durationMs(absent.until),
      deputy: absent.deputy,
    },
  ];
  return { ...user, absences: absences ?? [], lastAssigned: 0 };
}
