import type { Calendar } from '../schema/calendar.ts';
import { isOpen } from '../time/business.ts';

/** Away from the one instant until before the other (epoch ms); the deputy (user key) gets what is escalated meanwhile. */
export interface Absence {
  from: number;
  until: number;
  deputy?: string | undefined;
}

/** Somebody who may get work, as a choice sees them. */
export interface Person {
  key: string;
  role: string;
  active: boolean;
  team?: string | undefined;
  skills: readonly string[];
  /** Most open tickets at a time; absent: no bound of their own. */
  capacity?: number | undefined;
  /** Key of the calendar of their working hours; absent: always at work. */
  calendar?: string | undefined;
  absences: readonly Absence[];
  /** What they have open of the kind that is being given out. */
  load: number;
  /** Growing number of the last assignment: round robin takes the smallest. */
  lastAssigned: number;
}

/** The absence that `now` falls into; of several the one that ends last. */
export function absenceAt({ absences }: Pick<Person, 'absences'>, now: number): Absence | undefined {
  return absences
    .filter(({ from, until }) => from <= now && now < until)
    .reduce<Absence | undefined>((last, one) => (last === undefined || one.until > last.until ? one : last), undefined);
}

export function isPresent(person: Pick<Person, 'active' | 'absences'>, now: number): boolean {
  return person.active && absenceAt(person, now) === undefined;
}

/** Whether it is within their hours. A calendar that is not there bounds nobody. */
export function isWorking({ calendar }: Person, now: number, calendars: Record<string, Calendar>): boolean {
  const hours = calendar === undefined ? undefined : calendars[calendar];
  return hours === undefined || isOpen(hours, now);
}

export type Strategy = 'round-robin' | 'least-loaded';

/** The order in which people get work: who waited longest first, or who has least; the key settles what is left. */
export function inTurn(strategy: Strategy): (a: Person, b: Person) => number {
  const longest = (a: Person, b: Person) => a.lastAssigned - b.lastAssigned || (a.key < b.key ? -1 : 1);
  return strategy === 'least-loaded' ? (a, b) => a.load - b.load || longest(a, b) : longest;
}

/** They got one more: as the next choice among the same people must see them. */
export function assign(people: Iterable<Person>, person: Person): void {
  person.load += 1;
  person.lastAssigned = 1 + Math.max(...[...people].map(({ lastAssigned }) => lastAssigned));
}
